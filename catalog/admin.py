"""The back office: the catalog is written in files, so here it is read, and little is changed."""

from django.contrib import admin

from catalog.models import (
    ArtifactRequirement,
    Audience,
    Collection,
    Criterion,
    Edition,
    Level,
    MicroCertification,
    Part,
    Question,
    Reference,
    Stack,
    StackItem,
)
from portal.backoffice import LookOnly


class StackItemInline(LookOnly, admin.TabularInline[StackItem, Stack]):
    """What is in a stack, in order."""

    model = StackItem


class PartInline(LookOnly, admin.TabularInline[Part, Edition]):
    """The five parts of an edition."""

    model = Part
    show_change_link = True


class ReferenceInline(LookOnly, admin.TabularInline[Reference, Edition]):
    """Research and resources of an edition."""

    model = Reference
    readonly_fields = ("url",)


class QuestionInline(LookOnly, admin.TabularInline[Question, Part]):
    """What a part asks."""

    model = Question


class RequirementInline(LookOnly, admin.TabularInline[ArtifactRequirement, Part]):
    """What Part 2 asks for."""

    model = ArtifactRequirement


class CriterionInline(LookOnly, admin.TabularInline[Criterion, Part]):
    """The rubric's rows."""

    model = Criterion
    show_change_link = True


class LevelInline(LookOnly, admin.TabularInline[Level, Criterion]):
    """The rungs of a row."""

    model = Level


@admin.register(Stack)
class StackAdmin(LookOnly, admin.ModelAdmin[Stack]):
    """Stacks."""

    list_display = ("position", "title", "topic", "issuer")
    list_display_links = ("title",)
    list_filter = ("topic", "issuer", "associations")
    search_fields = ("title",)
    inlines = (StackItemInline,)


@admin.register(MicroCertification)
class MicroCertificationAdmin(LookOnly, admin.ModelAdmin[MicroCertification]):
    """Micro-certifications."""

    list_display = ("title", "evidence_summary", "requires_classroom_data")
    list_filter = ("requires_classroom_data", "stacks")
    search_fields = ("title", "words")


@admin.register(Edition)
class EditionAdmin(LookOnly, admin.ModelAdmin[Edition]):
    """Editions: what was published when."""

    list_display = ("micro_certification", "number", "status", "published_on")
    list_filter = ("status",)
    search_fields = ("micro_certification__title",)
    list_select_related = ("micro_certification",)
    inlines = (PartInline, ReferenceInline)


@admin.register(Part)
class PartAdmin(LookOnly, admin.ModelAdmin[Part]):
    """Parts, reached from their edition."""

    list_display = ("edition", "number", "kind")
    list_select_related = ("edition__micro_certification",)
    inlines = (QuestionInline, RequirementInline, CriterionInline)


@admin.register(Criterion)
class CriterionAdmin(LookOnly, admin.ModelAdmin[Criterion]):
    """Rows of a rubric, reached from their part."""

    list_display = ("title", "part")
    list_select_related = ("part",)
    inlines = (LevelInline,)


@admin.register(Collection)
class CollectionAdmin(LookOnly, admin.ModelAdmin[Collection]):
    """Collections."""

    list_display = ("title", "counts_for_units", "association")


@admin.register(Audience)
class AudienceAdmin(LookOnly, admin.ModelAdmin[Audience]):
    """Audiences."""

    search_fields = ("name",)
