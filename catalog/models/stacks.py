"""Stacks, the micro-certifications in them, and collections across them."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association

CREDIT_HOURS = Decimal(15)  # FACTS A1: the nominal length that counts for credit
TYPICAL_HOURS = (10, 15)  # FACTS 4.61: what it takes most people
PUBLISHED = "published"  # the status of the one edition that can be started


class Audience(models.Model):
    """A kind of person a micro-certification is meant for."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class StackQuerySet(models.QuerySet["Stack"]):
    """Stacks as lists need them."""

    def with_counts(self) -> Self:
        """Add ``count``: how many micro-certifications can be started."""
        startable = Q(items__micro_certification__editions__status=PUBLISHED)
        return self.annotate(count=models.Count("items", filter=startable))

    def startable(self) -> Self:
        """Those with something to start in them."""
        places = StackItem.objects.filter(stack=models.OuterRef("pk"))
        return self.filter(
            models.Exists(places.filter(micro_certification__editions__status=PUBLISHED))
        )

    def with_units(self) -> Self:
        """Add ``counts_for_units``: whether a university approved the stack."""
        approved = Collection.objects.filter(stacks=models.OuterRef("pk"), counts_for_units=True)
        return self.annotate(counts_for_units=models.Exists(approved))

    def offered_by(self, association: Association) -> Self:
        """Those an association features on its front page."""
        return self.filter(associations=association)


class Stack(models.Model):
    """A curated, ordered collection of micro-certifications (FACTS 4.5-4.12)."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    also_known_as = models.JSONField(default=list, blank=True)
    topic = models.CharField(max_length=60)
    description = models.TextField()
    what_you_learn = models.TextField(blank=True)
    developed_with = models.CharField(max_length=120, blank=True)
    issuer = models.SlugField(max_length=20)  # the slug of the issuer of its badges
    position = models.PositiveSmallIntegerField(default=0)
    audience_names = models.JSONField(default=list, blank=True)  # in order, as pages show them
    audiences = models.ManyToManyField(Audience, related_name="stacks", blank=True)
    associations = models.ManyToManyField(Association, related_name="stacks", blank=True)

    count: int  # added by ``with_counts``

    objects = StackQuerySet.as_manager()

    class Meta:
        ordering = ("position", "title")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stack", args=[self.slug])

    @property
    def emblem_url(self) -> str:
        """Where its emblem is, as a picture."""
        return reverse("stack-emblem", args=[self.slug])


class MicroCertificationQuerySet(models.QuerySet["MicroCertification"]):
    """Micro-certifications by what a visitor looks for."""

    def with_edition(self) -> Self:
        """Add ``competency``: the published statement; none where nothing can be started."""
        published = models.FilteredRelation("editions", condition=Q(editions__status=PUBLISHED))
        return self.annotate(now=published, competency=models.F("now__competency"))

    def with_units(self) -> Self:
        """Add ``counts_for_units``: whether a university approved it or its stack."""
        return self.annotate(counts_for_units=approved("pk"))

    def for_cards(self) -> Self:
        """What a card shows and no more; adds the first stack's slug and title, and units."""
        first = places("pk")
        return (
            self.with_units()
            .annotate(
                stack_slug=models.Subquery(first.values("stack__slug")[:1]),
                stack_title=models.Subquery(first.values("stack__title")[:1]),
            )
            .only("slug", "title", "summary", "requires_classroom_data")
        )

    def startable(self) -> Self:
        """Those with a published edition."""
        return self.filter(editions__status=PUBLISHED)

    def on(self, topic: str) -> Self:
        """Those in a stack on this topic."""
        return self._in_a_stack(stack__topic=topic)

    def offered_by(self, name: str) -> Self:
        """Those in a stack of the association with this name."""
        return self._in_a_stack(stack__associations__name=name)

    def meant_for(self, audience: str) -> Self:
        """Those for this audience, by name; the names are already those of A20."""
        named = MicroCertification.audiences.through.objects.filter(
            microcertification=models.OuterRef("pk"), audience__name=audience
        )
        return self.filter(models.Exists(named))

    def taking(self, kind: str) -> Self:
        """Those that accept evidence of this kind (an ``ArtifactRequirement.Medium``)."""
        return self.filter(evidence_kinds__icontains=f'"{kind}"')

    def without_classroom_data(self) -> Self:
        """Those that can be done while a building is closed (FACTS 4.32-4.34)."""
        return self.filter(requires_classroom_data=False)

    def counting_for_units(self) -> Self:
        """Those whose stack a university approved, or that are approved themselves."""
        return self.filter(approved("pk"))

    def _in_a_stack(self, **where: Any) -> Self:
        return self.filter(models.Exists(places("pk").filter(**where)))


def places(micro_certification: str) -> "StackItemQuerySet":
    """The places in stacks of the outer query's micro-certification, the first one first."""
    outer = models.OuterRef(micro_certification)
    return StackItem.objects.filter(micro_certification=outer).order_by("pk")


def approved(micro_certification: str) -> Q:
    """Whether a university approved the outer query's micro-certification, or its stack."""
    own = CollectionItem.objects.filter(
        micro_certification=models.OuterRef(micro_certification), collection__counts_for_units=True
    )
    by_stack = places(micro_certification).filter(stack__collections__counts_for_units=True)
    return Q(models.Exists(own) | models.Exists(by_stack))


class MicroCertification(models.Model):
    """One competency that can be earned; its text is in its editions."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=160)
    also_known_as = models.JSONField(default=list, blank=True)
    summary = models.TextField()
    evidence_summary = models.CharField(_("types of evidence required"), max_length=300)
    requires_classroom_data = models.BooleanField(default=True)
    credit_hours = models.DecimalField(max_digits=5, decimal_places=2, default=CREDIT_HOURS)
    typical_hours_min = models.PositiveSmallIntegerField(default=TYPICAL_HOURS[0])
    typical_hours_max = models.PositiveSmallIntegerField(default=TYPICAL_HOURS[1])
    tags = models.JSONField(default=list, blank=True)
    evidence_kinds = models.JSONField(default=list, blank=True)
    alignments = models.JSONField(default=list, blank=True)
    audience_names = models.JSONField(default=list, blank=True)  # in order, as pages show them
    words = models.TextField(blank=True)  # everything a search may find it by
    audiences = models.ManyToManyField(Audience, related_name="micro_certifications", blank=True)
    stacks = models.ManyToManyField(Stack, through="StackItem", related_name="micro_certifications")

    objects = MicroCertificationQuerySet.as_manager()

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("micro-certification", args=[self.slug])

    @property
    def stack(self) -> "Stack | None":
        """The first stack it stands in; fetch ``items__stack`` before asking many."""
        return next((item.stack for item in self.items.all()), None)


class StackItemQuerySet(models.QuerySet["StackItem"]):
    """Places in a stack."""

    def with_edition(self) -> Self:
        """Add ``competency``, as ``MicroCertificationQuerySet.with_edition`` does."""
        published = models.FilteredRelation(
            "micro_certification__editions",
            condition=Q(micro_certification__editions__status=PUBLISHED),
        )
        rows = self.select_related("micro_certification")
        return rows.annotate(now=published, competency=models.F("now__competency"))


class StackItem(models.Model):
    """The place of a micro-certification in a stack, from 1."""

    stack = models.ForeignKey(Stack, on_delete=models.CASCADE, related_name="items")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField()

    objects = StackItemQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["stack", "micro_certification"], name="catalog_stackitem_once"
            ),
            models.UniqueConstraint(fields=["stack", "position"], name="catalog_stackitem_place"),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.micro_certification}"


class Collection(models.Model):
    """A list across stacks: the 25 without classroom data, the stacks a university approved."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=160)
    description = models.TextField()
    counts_for_units = models.BooleanField(default=False)
    association = models.ForeignKey(
        Association, on_delete=models.SET_NULL, null=True, blank=True, related_name="collections"
    )
    stacks = models.ManyToManyField(Stack, related_name="collections", blank=True)
    micro_certifications = models.ManyToManyField(
        MicroCertification, through="CollectionItem", related_name="collections"
    )

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])

    def members(self) -> models.QuerySet[MicroCertification]:
        """Every micro-certification in it, by itself or with its stack."""
        return MicroCertification.objects.filter(
            Q(collections=self) | Q(stacks__collections=self)
        ).distinct()


class CollectionItem(models.Model):
    """The number of a micro-certification in a collection (FACTS 4.33)."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.CASCADE, related_name="collection_items"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["collection", "micro_certification"], name="catalog_collectionitem_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.micro_certification}"
