"""The citizen's form: what the law asks for and no more, each field with its reason beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunshine.work.requests import rules
from sunshine.work.requests.rules.filing import IDENTITY_FIELDS, Filing
from sunshine.work.requests.rules.terms import Term

MOST_FILES = 5
NOT_SAVED = frozenset({"csrfmiddlewaretoken", "do", "once", "code", "confirmed"})


def _choices(terms: Iterable[Term], *, empty: bool = False) -> Any:
    """Return the choices of a list, said in the reader's language when the page is made."""

    def said() -> list[tuple[str, str]]:
        first = [("", _("Choose …"))] if empty else []
        return [*first, *((term.code, _(term.label)) for term in terms)]

    return said


class SeveralFiles(forms.ClearableFileInput):
    """A control for more than one file."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A field for files; what they are made of is judged when they are taken in."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(each, initial) for each in given if each]


class RequestForm(forms.Form):
    """A request for information; `once` names this one page, so that pressing twice files once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    applicant_kind = forms.ChoiceField(
        label=gettext_lazy("Who asks"), choices=_choices(rules.APPLICANT_KINDS), initial="natural_person"
    )
    organisation = forms.CharField(
        label=gettext_lazy("Name of the organisation"), required=False, max_length=120
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Of yourself; for an organisation, of who is in charge of this request"),
        error_messages={"required": gettext_lazy("Give the name.")},
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    document = forms.ChoiceField(
        label=gettext_lazy("Proof of identity"),
        choices=_choices(rules.IDENTITY_DOCUMENTS),
        initial="resident_id",
        help_text=gettext_lazy(
            "Asked for by FOI 2019 art. 29; it is sealed and seen only by who handles the case"
        ),
    )
    document_number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        error_messages={
            "required": gettext_lazy(
                "The number does not fit its document; please look at it digit by digit."
            )
        },
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("Telephone, e-mail or address: one is enough"),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    wanted = forms.CharField(
        label=gettext_lazy("Which information do you need?"),
        help_text=gettext_lazy(
            "Name, document number or other features by which it can be found. No purpose has to be given."
        ),
        error_messages={"required": gettext_lazy("Say which information you need.")},
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    features = forms.CharField(
        label=gettext_lazy("Name or number of the document"), required=False, max_length=300
    )
    form_wanted = forms.ChoiceField(
        label=gettext_lazy("In which form"), choices=_choices(rules.FORMS_WANTED), initial="electronic"
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("How shall the answer reach you"),
        choices=_choices(rules.DELIVERIES),
        initial="site",
    )
    help = forms.ChoiceField(
        label=gettext_lazy("Do you need help?"),
        help_text=gettext_lazy(
            "We telephone, read aloud, write for you, or come to where you are (art. 43)."
        ),
        choices=_choices(rules.HELP, empty=True),
        required=False,
    )
    suggests_publication = forms.BooleanField(
        label=gettext_lazy("I suggest that this be published for everybody"), required=False
    )
    attachments = SeveralFilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Up to five, each up to 10 MB: PDF, Word, Excel, text, pictures"),
        required=False,
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have read this through and file it; the next page confirms the day of receipt"),
        error_messages={
            "required": gettext_lazy("Confirm what you file: the day of receipt follows from it.")
        },
    )

    def filing(self, files: tuple[tuple[str, bytes], ...]) -> Filing:
        """Return what was given as a request; call after `is_valid`."""
        given = self.cleaned_data
        return Filing(
            way="web",
            applicant_kind=given["applicant_kind"],
            wanted=given["wanted"],
            identity={name: given.get(name, "") for name in IDENTITY_FIELDS},
            features=given["features"],
            form_wanted=given["form_wanted"],
            delivery=given["delivery"],
            help=given["help"],
            suggests_publication=given["suggests_publication"],
            files=files,
        )


class WordForm(forms.Form):
    """A text the applicant adds: a completion, or reasons."""

    text = forms.CharField(label="", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class RatingForm(forms.Form):
    """The applicant's rating of an answer."""

    rating = forms.TypedChoiceField(label=gettext_lazy("How was the answer?"), coerce=int)
    words = forms.CharField(
        label=gettext_lazy("In words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = (_("very good"), _("good"), _("fair"), _("poor"), _("very poor"))
        rating = self.fields["rating"]
        assert isinstance(rating, forms.TypedChoiceField)  # noqa: S101  # declared above
        rating.choices = [(5 - place, words) for place, words in enumerate(said)]
