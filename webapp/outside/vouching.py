"""What comes of asking somebody outside who is at the door, where it is no name."""


class NotVouched(RuntimeError):
    """Nobody is vouched for. `why`: `refused` by whoever was asked; `lost`: an answer that nothing here has asked for,
    or that was used before; `away`: no answer in time, or none that holds; `visitor`: somebody who is not logged in
    there."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
