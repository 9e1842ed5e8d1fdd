"""Coming in: the second factor, the lock after wrong passwords, a passkey instead of a password."""

from __future__ import annotations

import base64
import hmac
import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.officers import PASSWORD
from tests.journeys.walker import DESKTOP, PHONE, Walker

pytestmark = pytest.mark.browser

SECURITY = "/desk/account/2fa/"
PERIOD = 30


def code_of(secret: str, at: float) -> str:
    """Return the six digits that an authenticator app shows (RFC 6238)."""
    counted = int(at // PERIOD).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counted, "sha1")
    begins = digest[-1] & 15
    number = int.from_bytes(digest[begins : begins + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def enter(walker: Walker, field: str, text: str) -> None:
    """Type into a field and press Enter; wait for the page that answers."""
    walker.type_in(f"[name={field}]", text)
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


def say_password_again(walker: Walker) -> None:
    """Answer the page that asks for the password before anything of sign-in security is changed."""
    walker.page.wait_for_url("**/reauthenticate/**")
    assert walker.flaws_at(PHONE, DESKTOP) == []
    enter(walker, "password", PASSWORD)
    walker.page.wait_for_url(re.compile(r"/2fa/"))


def give_password(walker: Walker, username: str, password: str) -> None:
    walker.open("/desk/account/login/")
    walker.type_in("[name=login]", username)
    enter(walker, "password", password)


def code_with_time_left(secret: str) -> str:
    """Return a code that is good for some seconds yet."""
    left = PERIOD - time.time() % PERIOD
    if left < 6:
        time.sleep(left + 0.1)
    return code_of(secret, time.time())


def test_a_second_factor_is_set_up_from_the_screen_and_asked_for_from_then_on(walker) -> None:
    officer = walker()
    officer.sign_in("hanlu", PASSWORD)
    officer.open(SECURITY)
    assert officer.flaws_at(PHONE, DESKTOP) == []
    officer.open(f"{SECURITY}totp/activate/")
    say_password_again(officer)
    officer.open(f"{SECURITY}totp/activate/")
    assert officer.flaws_at(PHONE, DESKTOP) == []
    secret = officer.page.input_value("#authenticator_secret")
    enter(officer, "code", code_with_time_left(secret))
    officer.page.wait_for_url("**/recovery-codes/**")
    assert officer.flaws_at(PHONE, DESKTOP) == []

    elsewhere = walker()
    give_password(elsewhere, "hanlu", PASSWORD)
    elsewhere.page.wait_for_url("**/2fa/authenticate/**")
    assert elsewhere.flaws_at(PHONE, DESKTOP) == []
    elsewhere.open("/desk/")
    assert "/account/" in elsewhere.page.url, "the password alone opened the desk"
    elsewhere.open(f"{SECURITY}authenticate/")
    enter(elsewhere, "code", "000000")
    assert "/2fa/authenticate/" in elsewhere.page.url
    assert elsewhere.flaws_at(PHONE, DESKTOP) == []
    enter(elsewhere, "code", code_with_time_left(secret))
    elsewhere.page.wait_for_url(re.compile(r"/desk/$"))


def test_after_five_wrong_passwords_the_right_one_opens_nothing(walker) -> None:
    guesser = walker()
    for _ in range(5):
        give_password(guesser, "wanfeng", "not-the-password")
    assert guesser.flaws_at(PHONE, DESKTOP) == []
    give_password(guesser, "wanfeng", PASSWORD)
    assert guesser.page.locator("[name=password]").count() == 0
    assert guesser.open("/desk/") == 200
    assert "/account/login/" in guesser.page.url


def test_a_passkey_opens_the_desk_without_a_password(walker) -> None:
    officer = walker()
    browser = officer.page.context.new_cdp_session(officer.page)
    browser.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    officer.sign_in("daxue", PASSWORD)
    officer.open(f"{SECURITY}webauthn/add/")
    say_password_again(officer)
    officer.open(f"{SECURITY}webauthn/add/")
    assert officer.flaws_at(PHONE, DESKTOP) == []
    officer.type_in("[name=name]", "办公桌上的钥匙")
    officer.tick("[name=passwordless]")
    officer.press("#mfa_webauthn_add", leaves=False)
    officer.page.wait_for_url("**/recovery-codes/**")
    officer.open(f"{SECURITY}webauthn/")
    expect(officer.page.locator("main")).to_contain_text("办公桌上的钥匙")
    assert officer.flaws_at(PHONE, DESKTOP) == []

    officer.page.context.clear_cookies()
    officer.open("/desk/account/login/")
    officer.press("#passkey_login", leaves=False)
    officer.page.wait_for_url(re.compile(r"/desk/$"))
    expect(officer.page.locator("body")).to_contain_text("大雪")
