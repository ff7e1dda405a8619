"""The three questions of a lesson, and which lesson a lawyer gives."""

from checkup.lessons.values import Lesson
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import pick
from webapp.forms.base import Form
from webapp.forms.choices import Choice
from webapp.forms.staff import KnownToDomain

_SAID = (("yes", _("对")), ("no", _("不对")))


class LessonForm(Form):
    """Right or wrong, for each."""

    asked: tuple[str, ...] = ()

    def answers(self) -> list[bool]:
        return [self[name].data == "yes" for name in self.asked]


def lesson_form(lesson: Lesson) -> type[LessonForm]:
    """The form of this lesson, in the reader's language."""
    fields = {
        f"q{number}": Choice(pick(one.ask), options=_SAID, radio=True, required=True)
        for number, one in enumerate(lesson.questions, 1)
    }
    return type("LessonForm", (LessonForm,), {**fields, "asked": tuple(fields)})


class GiveForm(Form):
    """Which one."""

    lesson = KnownToDomain()
