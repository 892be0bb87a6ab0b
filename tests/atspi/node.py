# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One thing in an accessible tree, as it was when somebody looked.

Ends the program with 77 (skipped) where AT-SPI cannot be used.
"""

import functools
import re
import sys


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    skip("the Python bindings of AT-SPI are not installed")

# What a person can operate.
CONTROL_ROLES = {
    Atspi.Role.CHECK_BOX, Atspi.Role.CHECK_MENU_ITEM, Atspi.Role.COMBO_BOX, Atspi.Role.ENTRY,
    Atspi.Role.LINK, Atspi.Role.LIST, Atspi.Role.LIST_BOX, Atspi.Role.LIST_ITEM,
    Atspi.Role.MENU_ITEM, Atspi.Role.PAGE_TAB, Atspi.Role.PASSWORD_TEXT, Atspi.Role.PUSH_BUTTON,
    Atspi.Role.RADIO_BUTTON, Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.SLIDER,
    Atspi.Role.SPIN_BUTTON, Atspi.Role.TEXT, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.TREE_ITEM,
}

# Their inner parts need no name of their own.
COMPOSITE_ROLES = {Atspi.Role.COMBO_BOX, Atspi.Role.ENTRY, Atspi.Role.PUSH_BUTTON,
                   Atspi.Role.SPIN_BUTTON}

# GTK gives the name of its type to what has no other.
TYPE_NAME = re.compile(r"(Gtk|Adw|Be|G)[A-Z]\w*|\(None\)")


class Node:
    """An accessible object and what it is in. Each property is asked for once."""

    def __init__(self, accessible, parent=None):
        self.accessible = accessible
        self.parent = parent

    @functools.cached_property
    def role(self):
        return self.accessible.get_role()

    @functools.cached_property
    def name(self):
        return (self.accessible.get_name() or "").strip()

    @functools.cached_property
    def states(self):
        return self.accessible.get_state_set()

    @functools.cached_property
    def extents(self):
        """Where it is in its window; None for what has no place, like the page of a stack."""
        try:
            return self.accessible.get_extents(Atspi.CoordType.WINDOW)
        except GLib.Error:
            return None

    @property
    def is_in_view(self):
        """GTK lists what is on hidden pages too, without a size."""
        if self.extents is None:
            return True
        return (self.extents.width > 0 and self.extents.height > 0
                and self.states.contains(Atspi.StateType.VISIBLE))

    @property
    def is_control(self):
        return self.role in CONTROL_ROLES

    @property
    def is_part(self):
        """Whether it is what another control is made of."""
        return self.parent is not None and self.parent.role in COMPOSITE_ROLES

    @property
    def is_in_part(self):
        """Whether it is somewhere in another control that has a name: the list of a combo box."""
        if self.parent is None:
            return False
        return (self.is_part and self.parent.is_named) or self.parent.is_in_part

    @property
    def is_named(self):
        return self.name != "" and TYPE_NAME.fullmatch(self.name) is None

    @property
    def is_focused(self):
        """Asks anew each time."""
        return self.accessible.get_state_set().contains(Atspi.StateType.FOCUSED)

    @property
    def is_usable(self):
        """What is in something insensitive does not know that it is."""
        if self.extents is not None and not self.states.contains(Atspi.StateType.SENSITIVE):
            return False
        return self.parent is None or self.parent.is_usable

    @property
    def is_focusable(self):
        return self.states.contains(Atspi.StateType.FOCUSABLE)

    @property
    def text(self):
        """What stands in an entry now."""
        length = Atspi.Text.get_character_count(self.accessible)
        return Atspi.Text.get_text(self.accessible, 0, length)

    def walk(self):
        """Yields this and everything in view in it."""
        yield self
        for i in range(self.accessible.get_child_count()):
            accessible = self.accessible.get_child_at_index(i)
            if accessible is None:
                continue
            child = Node(accessible, self)
            if child.is_in_view:
                yield from child.walk()

    def __str__(self):
        text = f"{self.accessible.get_role_name()} “{self.name}”"
        return text if self.parent is None else f"{text} in {self.parent}"
