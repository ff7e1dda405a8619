"""What is tried first is no password, whatever is put around it; what somebody made up herself is one."""

import pytest

from tenants.login.common_passwords import is_common


@pytest.mark.parametrize("password", [
    "Password2026!", "P@ssw0rd2026", "passwordpassword", "Admin123456", "welcome-2026", "qwertyuiop", "qwerty12345",
    "1qaz2wsx3edc", "asdfghjkl1", "zxcvbnm123", "abcdefghij", "jihgfedcba", "1234567890", "13800138000", "19900101",
    "woaini1314520", "famai2026!!",
    "harrypotter", "Liverpool1", "Huawei@123456", "1qaz@WSX3edc", "Sifaju@12348",
    "iloveyou1314", "a-long-password-1", "7ugd5hip2j", "zhongguo-1949", "Manchester",
    "!!!!!!!!!!!!", "Lvshi@2026", "sifaju2026", "abc1234567", "1111111111", "abcabcabcabc",
    "ＰＡＳＳＷＯＲＤ１２", "i love you 520", "!!!2026!!!",
])  # fmt: skip
def test_what_is_tried_first_is_common(password):
    assert is_common(password)


@pytest.mark.parametrize("password", [
    "correct horse battery", "tall-trees-in-rain-1", "famai-demo-2026", "云淡风轻的早晨下雨", "Xk7#vq2Lm9",
    "tractor-violin-88",    "83650917264518273", "mein Hund heißt Bello",
    "我爱吃阳春面加两个蛋", "x" * 3 + "云淡风轻" * 30,
])  # fmt: skip
def test_what_somebody_made_up_is_not(password):
    assert not is_common(password)
