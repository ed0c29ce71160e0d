"""Small pages that stand for any app's, to see what the floor does around them."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from portal.refusal import Refused

WORDS = "Please write 250 to 500 words. Your draft is saved."


class ExampleForm(forms.Form):
    text = forms.CharField(label="Your words", help_text="As many as you like.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="I agree", required=False, help_text="Once.")
    level = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.cleaned_data.get("note") == "wrong":
            raise forms.ValidationError("These two do not fit.")


def private(request):
    return HttpResponse("private")


def keeping(request):
    return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})


def refusing(request):
    raise Refused(WORDS)


def broken(request):
    raise ZeroDivisionError


def missing(request):
    raise Http404


def missing_json(request):
    return JsonResponse({"error": "gone"}, status=404)


@login_not_required
def public(request):
    return render(request, "base.html")


@login_not_required
def form(request):
    return render(request, "components/form.html", {"form": ExampleForm(request.POST or None)})


urlpatterns = [
    path("private/", private),
    path("keeping/", keeping),
    path("refusing/", refusing),
    path("broken/", broken),
    path("missing/", missing),
    path("missing-json/", missing_json),
    path("public/", public),
    path("form/", form),
    path("", include("portal.urls")),
]
