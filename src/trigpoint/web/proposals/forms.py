"""The form that sends a filled template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from trigpoint.web.intake.uploads import LIMIT_WORDS, too_large

MOST_BYTES = 10_000_000


class TemplateForm(forms.Form):
    """A workbook of the template."""

    template = forms.FileField(
        label="Choose the filled template",
        max_length=255,
        error_messages={
            "required": "Choose the workbook to send",
            "missing": "Choose the workbook to send",
            "empty": "The file is empty. Choose the workbook that you filled in",
            "max_length": "The file’s name is longer than 255 characters. Shorten it and choose it again",
        },
    )

    def __init__(self, *args: Any, beyond_limit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = beyond_limit

    def clean(self) -> dict[str, Any]:
        """A workbook of assumptions is small; a large one is something else."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile | None = given.get("template")
        if self._too_large or (file is not None and (file.size or 0) > MOST_BYTES):
            limit = LIMIT_WORDS if self._too_large else f"{MOST_BYTES // 1_000_000} MB"
            self._errors.pop("template", None)
            self.add_error("template", f"The file is larger than {limit}, which no template is")
        return given


def sent_to(request: HttpRequest) -> TemplateForm:
    """The form as a request fills it, empty where it only asks for the page."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return TemplateForm(*given, beyond_limit=too_large(request))
