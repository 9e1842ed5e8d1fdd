"""The addresses of the desk, all below /desk/."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from sunshine.doors.desk import (
    acting,
    attributes,
    comparing,
    directory,
    drafting,
    entrance,
    letters_urls,
    log,
    matter,
    participation_urls,
    people,
    proposals_urls,
    report_urls,
    requests_urls,
    reviewing,
    reviews_urls,
    rooms,
    taking_up,
    uploads,
    worklist,
)

OF_A_MATTER: list[URLPattern | URLResolver] = [
    path("", matter.show, name="matter"),
    path("acts/<slug:name>/", acting.acts_of(rooms.DOCUMENTS), name="act"),
    path("clocks/<slug:name>.json", matter.clock_as_json, name="clock"),
    path("attribute/", attributes.attribute, name="attribute"),
    path("write/<int:part>/", drafting.write, name="write"),
    path("write/<int:part>/autosave/", drafting.autosave, name="autosave"),
    path("write/<int:part>/files/", uploads.attach, name="attach"),
    path("write/<int:part>/remove/", drafting.remove_interpretation, name="remove_interpretation"),
    path("write/<int:part>/compare/", comparing.compare, name="compare"),
    path("interpretations/new/", drafting.interpretation, name="interpretation"),
    path("files/<int:attachment_id>/", uploads.download, name="download"),
    path("files/<int:attachment_id>/remove/", uploads.detach, name="detach"),
    path("review/", reviewing.review, name="review"),
    path("sign/", reviewing.sign_off, name="sign_off"),
]

OF_THE_DESK: list[URLPattern | URLResolver] = [
    path("", worklist.show, name="worklist"),
    path("language/<slug:code>/", entrance.language, name="language"),
    path("new/", drafting.new, name="new"),
    path("take-up/", taking_up.take_up, name="take_up"),
    *letters_urls.OF_LETTERS,
    *requests_urls.OF_REQUESTS,
    *participation_urls.OF_PARTICIPATION,
    *proposals_urls.OF_PROPOSALS,
    *report_urls.OF_REPORTS,
    *reviews_urls.OF_REVIEWS,
    path("m/<slug:reference>/", include(OF_A_MATTER)),
    path("directory/", directory.show, name="directory"),
    path("directory/new/", directory.new, name="directory_new"),
    path("directory/<slug:code>/", directory.change, name="directory_change"),
    path("directory/<slug:code>/close/", directory.close, name="directory_close"),
    path("people/", people.show, name="people"),
    path("people/departments/new/", people.new_department, name="new_department"),
    path("people/posts/new/", people.new_post, name="new_post"),
    path("people/posts/<int:post_id>/", people.post, name="post"),
    path("people/posts/<int:post_id>/appoint/", people.appoint, name="appoint"),
    path("people/posts/<int:post_id>/leave/", people.leave, name="leave"),
    path("people/posts/<int:post_id>/close/", people.close_post, name="close_post"),
    path("people/persons/new/", people.new_person, name="new_person"),
    path("people/persons/<int:person_id>/", people.person, name="person"),
    path("people/delegate/", people.delegate, name="delegate"),
    path("people/delegations/<int:delegation_id>/end/", people.end_delegation, name="end_delegation"),
    path("log/", log.show, name="log"),
    path("upkeep/", log.upkeep, name="upkeep"),
    path("upkeep/<int:delivery_id>/retry/", log.retry, name="retry"),
]

# Of allauth only what a bureau needs: nobody signs up, and who forgot a password asks the administrator.
ENTRANCE: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", entrance.second_factor, name="second_factor"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("account/", include(ENTRANCE)),
    path("", include((OF_THE_DESK, "desk"))),
]
