#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""In each menu a letter is underlined once, in every language: check_mnemonics.py SOURCE-ROOT."""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree


def read_translations(path):
    """Returns msgid → msgstr of the texts that stand on one line, as labels of menus do."""
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE))


def list_labels(menu):
    """Yields the labels that open together, sections belong to their menu, and whether each may be hidden."""
    for node in menu:
        if node.tag not in ("item", "section", "submenu"):
            continue
        if node.tag != "section":
            may_hide = node.find("attribute[@name='hidden-when']") is not None
            yield from ((label, may_hide) for label in node.findall("attribute[@name='label']"))
        if node.tag == "section":
            yield from list_labels(node)


def find_repeated(labels):
    """Two that may be hidden may stand for one another, with one letter."""
    seen = {}
    for label, may_hide in labels:
        letter = re.search(r"_(\w)", label.replace("__", ""))
        if letter is None:
            continue
        first, first_may_hide = seen.setdefault(letter[1].lower(), (label, may_hide))
        if first != label and not (may_hide and first_may_hide):
            yield f"“{first}” and “{label}”"


def main(root):
    translations = {"English": {}}
    for path in sorted((root / "po").glob("*.po")):
        translations[path.stem] = read_translations(path)

    n_labels = 0
    faults = []
    for path in sorted((root / "ui").glob("*.ui")):
        for menu in ElementTree.parse(path).iter():
            if menu.tag not in ("menu", "submenu"):
                continue
            labels = list(list_labels(menu))
            n_labels += len(labels)
            for language, texts in translations.items():
                shown = []
                for label, may_hide in labels:
                    if language != "English" and label.get("translatable") == "yes" and label.text not in texts:
                        faults.append(f"{path.name}, {language}: no translation of “{label.text}” on one line was found")
                    shown.append((texts.get(label.text, label.text), may_hide))
                faults += (f"{path.name}, {language}: {pair} have the same letter" for pair in find_repeated(shown))
    if n_labels == 0:
        sys.exit("There is no menu at all")
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
