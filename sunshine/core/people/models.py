"""Departments, posts, persons, and who holds what from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Department(models.Model):
    """A part of the bureau (处室); one of them is the bureau office (办公室)."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    is_office = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "code")
        constraints = [
            models.UniqueConstraint(
                fields=["is_office"], condition=Q(is_office=True), name="there_is_one_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Makes accounts for persons."""

    def create_user(self, username: str, *, name: str, password: str | None = None) -> Person:
        person = Person(username=username, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works at the bureau, and the account that signs in.

    `password_is_given` as long as the password is the one an administrator gave and knows.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    password_is_given = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    class Meta:
        ordering = ("username",)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One chair (岗位) in a department; its roles are what whoever sits in it may do."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("department__position", "position", "id")
        constraints = [models.UniqueConstraint(fields=["department", "title"], name="a_post_is_named_once")]

    def __str__(self) -> str:
        return f"{self.department.name} {self.title}"


class PostRole(models.Model):
    """A role (a name in `people.rules`) that a post carries."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "role"], name="a_post_carries_a_role_once")]

    def __str__(self) -> str:
        return self.role


class HoldingSet(models.QuerySet["Holding"]):
    """Terms of office, asked by day."""

    def on(self, day: date) -> HoldingSet:
        """Keep the terms that cover `day`."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Holding(models.Model):
    """A person's term in a post; `until` is its last day, empty while it lasts."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = HoldingSet.as_manager()

    class Meta:
        ordering = ("-since",)
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(until__isnull=True), name="a_post_has_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_term_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


class Delegation(models.Model):
    """While `giver` is away, `taker` may do what the giver's posts may (代理)."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="taken")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="a_delegation_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="nobody_delegates_to_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
