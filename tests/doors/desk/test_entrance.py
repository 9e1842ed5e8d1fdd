"""Signing in: the password, the lock after too many tries, the second factor before anything else."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sunshine.core.ledger.models import Entry
from sunshine.core.people import operations as people
from sunshine.core.people.models import Person
from tests import cast
from tests.doors.desk.conftest import WalkIn


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    cache.clear()


def sign_in(client: Client, person: Person, password: str = cast.PASSWORD):
    return client.post(reverse("account_login"), {"login": person.username, "password": password})


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_name_and_its_password_lead_to_the_worklist(bureau: cast.Cast) -> None:
    client = Client()
    answer = sign_in(client, bureau.drafter)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200


def test_after_five_wrong_passwords_even_the_right_one_is_locked_out(bureau: cast.Cast) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    answers = [sign_in(client, bureau.drafter, "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(client, bureau.drafter)
    assert locked.status_code == 429
    assert "Locked for a while" in locked.content.decode()
    assert "no-store" in locked.headers["Cache-Control"]


def test_the_lock_of_one_name_leaves_another_alone(bureau: cast.Cast) -> None:
    client = Client()
    for _ in range(6):
        sign_in(client, bureau.drafter, "wrong")
    assert sign_in(Client(), bureau.clerk).status_code == 302


def test_where_the_bureau_asks_a_second_factor_comes_before_anything_else(
    bureau: cast.Cast, walk_in: WalkIn, settings: LazySettings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = walk_in(bureau.drafter)
    for name in ("worklist", "new", "people"):
        assert client.get(reverse(f"desk:{name}")).headers["Location"] == reverse("second_factor")
    assert client.get(reverse("second_factor")).status_code == 200
    TOTP.activate(bureau.drafter, generate_totp_secret())
    assert client.get(reverse("desk:worklist")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(
    bureau: cast.Cast, walk_in: WalkIn, settings: LazySettings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=bureau.drafter, type=Authenticator.Type.RECOVERY_CODES, data={})
    answer = walk_in(bureau.drafter).get(reverse("desk:worklist"))
    assert answer.headers["Location"] == reverse("second_factor")


def test_with_a_second_factor_the_password_alone_opens_nothing(bureau: cast.Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(bureau.drafter, secret)
    client = Client()
    assert sign_in(client, bureau.drafter).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/desk/").status_code == 302
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get("/desk/").status_code == 200


def test_nobody_signs_up_here(db: None) -> None:
    assert Client().get("/desk/account/signup/").status_code == 404


def test_the_pages_of_sign_in_security_open_to_who_says_the_password_again(bureau: cast.Cast) -> None:
    client = Client()
    sign_in(client, bureau.drafter)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD}).status_code == 302
    for name in (
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_change_password",
    ):
        assert client.get(reverse(name)).status_code == 200


def test_without_a_choice_the_desk_speaks_chinese_whatever_the_browser_asks(db: None) -> None:
    answer = Client().get(reverse("account_login"), headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "zh-hans"


def test_a_password_that_somebody_else_gave_must_be_changed_before_anything_else(bureau: cast.Cast) -> None:
    people.give_password(bureau.drafter, password="given-by-somebody")
    client = Client()
    sign_in(client, bureau.drafter, "given-by-somebody")
    for name in ("worklist", "new", "people"):
        assert client.get(reverse(f"desk:{name}")).headers["Location"] == reverse("account_change_password")
    page = client.get(reverse("account_change_password"))
    assert page.status_code == 200
    given = dict.fromkeys(("oldpassword", "password1", "password2"), "given-by-somebody")
    assert client.post(reverse("account_change_password"), given).status_code == 200, "the giver knows it"
    assert Person.objects.get(pk=bureau.drafter.pk).password_is_given
    own = {"oldpassword": "given-by-somebody", "password1": "my-own-password", "password2": "my-own-password"}
    changed = client.post(reverse("account_change_password"), own)
    assert changed.headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_an_administrator_takes_a_lost_second_factor_away_and_the_ledger_says_so(
    bureau: cast.Cast, walk_in: WalkIn
) -> None:
    TOTP.activate(bureau.drafter, generate_totp_secret())
    client = walk_in(bureau.administrator)
    address = reverse("desk:person", args=[bureau.drafter.pk])
    assert "take_second_factor" in client.get(address).content.decode()
    assert client.post(address, {"take_second_factor": "1"}).status_code == 302
    assert not Authenticator.objects.filter(user=bureau.drafter).exists()
    assert Entry.objects.get(kind="person.second_factor_taken").actor == bureau.administrator
    assert "take_second_factor" not in client.get(address).content.decode()
    assert walk_in(bureau.drafter).post(address, {"take_second_factor": "1"}).status_code == 403


def test_behind_a_proxy_the_lock_falls_on_the_caller_whom_the_proxy_saw(
    bureau: cast.Cast, settings: LazySettings
) -> None:
    settings.PROXIES = 1
    guesser = Client(headers={"x-forwarded-for": "203.0.113.7"})
    for _ in range(6):
        sign_in(guesser, bureau.drafter, "wrong")
    assert sign_in(guesser, bureau.drafter).status_code == 429
    assert sign_in(Client(headers={"x-forwarded-for": "198.51.100.9"}), bureau.drafter).status_code == 302


def test_what_a_caller_writes_into_the_header_moves_no_lock(
    bureau: cast.Cast, settings: LazySettings
) -> None:
    settings.PROXIES = 1
    for number in range(6):
        told = f"198.51.100.{number}, 203.0.113.7"
        last = sign_in(Client(headers={"x-forwarded-for": told}), bureau.drafter, "wrong")
    assert last.status_code == 429
    settings.PROXIES = 0
    assert sign_in(Client(headers={"x-forwarded-for": "203.0.113.7"}), bureau.drafter).status_code == 302
