"""The forms of the people register: departments, posts, terms, persons, standing in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunshine.core.people import queries as people
from sunshine.core.people import rules
from sunshine.core.people.models import Person
from sunshine.doors.desk import fields, shell
from sunshine.kernel.procedure import Role

WHERE = {
    "matter_department": gettext_lazy("for its own department"),
    "office": gettext_lazy("in the bureau office"),
    "bureau": gettext_lazy("for the whole bureau"),
}


class DepartmentForm(forms.Form):
    """A new department."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=50,
        help_text=gettext_lazy("Small letters, digits and hyphens."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=999, initial=0
    )


class RolesForm(forms.Form):
    """The roles that a post carries."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]  # a choice field
            (role.name, f"{_(role.label)} · {WHERE[role.where]}") for role in rules.ROLES
        ]

    def chosen(self) -> tuple[Role, ...]:
        """Return the roles themselves; call after `is_valid`."""
        return tuple(role for role in rules.ROLES if role.name in self.cleaned_data["roles"])


class PostForm(RolesForm):
    """A new post with its roles."""

    department = forms.TypedChoiceField(label=gettext_lazy("Department"), coerce=int, choices=[])
    title = forms.CharField(label=gettext_lazy("Title of the post"), max_length=80)
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=999, initial=0
    )
    field_order = ("department", "title", "position", "roles")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        departments = [(each.pk, each.name) for each, _posts in people.register(on=shell.today())]
        self.fields["department"].choices = departments  # type: ignore[attr-defined]  # a choice field


class AppointForm(forms.Form):
    """Who takes a post, from which day."""

    since = fields.Day(label=gettext_lazy("From which day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = fields.PersonChoice(people.everybody(), label=_("Person"))
        self.order_fields(["person", "since"])
        self.initial.setdefault("since", shell.today())


class LeavingForm(forms.Form):
    """The last day of a term, and who takes over the open work."""

    until = fields.Day(label=gettext_lazy("Last day in the post"))

    def __init__(self, leaving: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [person for person in people.everybody() if person.pk != leaving.pk]
        self.fields["successor"] = fields.PersonChoice(
            others,
            label=_("Who takes over the open matters"),
            required=False,
            help_text=_("Needed while there are any: nothing is left without somebody."),
        )
        self.initial.setdefault("until", shell.today())


class PersonForm(forms.Form):
    """A new person with a first password."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text=gettext_lazy("At least ten characters. The person changes it after signing in."),
    )

    def clean_password(self) -> str:
        """Hold a first password to the same rules as any other."""
        password = str(self.cleaned_data["password"])
        told = {name: str(self.cleaned_data.get(name, "")) for name in ("username", "name")}
        password_validation.validate_password(password, Person(**told))
        return password


class PasswordForm(forms.Form):
    """A new password for somebody who lost theirs."""

    password = PersonForm.base_fields["password"]

    def clean_password(self) -> str:
        """Hold it to the same rules as any other."""
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password)
        return password


class DelegationForm(forms.Form):
    """Who stands in for whom, from when to when, and why."""

    since = fields.Day(label=gettext_lazy("From"))
    until = fields.Day(label=gettext_lazy("Until (last day)"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, giver: Person, is_keeper: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        everybody = people.everybody()
        givers = everybody if is_keeper else [giver]
        self.fields["giver"] = fields.PersonChoice(givers, label=_("Who is away"))
        self.fields["taker"] = fields.PersonChoice(everybody, label=_("Who stands in"))
        self.order_fields(["giver", "taker", "since", "until", "reason"])
        self.initial.setdefault("giver", giver.pk)
        self.initial.setdefault("since", shell.today())
