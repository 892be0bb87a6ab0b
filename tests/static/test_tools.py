#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Both Ends developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checking tools notice what they are for. test_tools.py SOURCE-ROOT"""

import contextlib
import json
import pathlib
import runpy
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(sys.argv.pop(1)) / "tools"
LICENCE = "/* SPDX-FileCopyrightText: x\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n"


def run_tool(name, *arguments):
    finished = subprocess.run([sys.executable, TOOLS / name, *arguments], capture_output=True, text=True, check=False)
    return finished.returncode, finished.stdout


class SumTests(unittest.TestCase):
    def sum(self, *programs):
        with tempfile.TemporaryDirectory() as directory:
            log = pathlib.Path(directory, "testlog.json")
            log.write_text("".join(json.dumps({"name": "p", **program}) + "\n" for program in programs),
                           encoding="utf-8")
            code, output = run_tool("sum-tests", str(log))
        return code, output.splitlines()[-1]

    def test_counts_the_functions_of_tap_and_other_programs_as_one(self):
        tap = {"result": "OK", "stdout": "1..3\nok 1 /a\nok 2 /b # SKIP not here\nok 3 /c\n"}
        other = {"result": "OK", "stdout": "ok so far\nok again\n"}
        self.assertEqual(self.sum(tap, other), (0, "3 passed, 0 failed, 1 skipped"))

    def test_counts_a_failure_where_every_function_passed(self):
        leaky = {"result": "FAIL", "stdout": "1..1\nok 1 /a\n"}
        self.assertEqual(self.sum(leaky), (1, "1 passed, 1 failed"))

    def test_counts_each_failed_function(self):
        failed = {"result": "ERROR", "stdout": "1..3\nnot ok 1 /a\nok 2 /b\nnot ok 3 /c\n"}
        self.assertEqual(self.sum(failed), (1, "1 passed, 2 failed"))

    def test_counts_a_program_without_output(self):
        self.assertEqual(self.sum({"result": "TIMEOUT"}, {"result": "SKIP"}, {"result": "OK"}),
                         (1, "1 passed, 1 failed, 1 skipped"))

    def test_shows_how_the_output_of_a_failure_ended(self):
        failed = {"result": "ERROR", "stdout": "not ok 1 /a\n", "stderr": "early\n" + "late\n" * 40}
        with tempfile.TemporaryDirectory() as directory:
            log = pathlib.Path(directory, "testlog.json")
            log.write_text(json.dumps({"name": "p", **failed}), encoding="utf-8")
            output = run_tool("sum-tests", str(log))[1]
        self.assertIn("stdout: not ok 1 /a", output)
        self.assertIn("stderr: late", output)
        self.assertNotIn("early", output)

    def test_fails_when_nothing_ran(self):
        self.assertEqual(self.sum(), (1, "0 passed, 0 failed"))


class ScreenshotTests(unittest.TestCase):
    def test_says_in_a_sentence_that_a_size_is_none(self):
        for size in ("12", "axb", "1x1", "100x", "-5x7"):
            finished = subprocess.run([sys.executable, TOOLS / "screenshot", "none.png", f"--size={size}"],
                                      capture_output=True, text=True, check=False)
            self.assertEqual(finished.returncode, 2)
            self.assertNotIn("Traceback", finished.stderr)
            self.assertIn(size, finished.stderr.splitlines()[-1])

    def load(self):
        """Returns the script as a module, whose pictures are of other ports than those of a person's."""
        tool = runpy.run_path(str(TOOLS / "screenshot"))
        tool["PORT"] |= {"tcp": 18001, "udp": 18080}
        self.addCleanup(lambda: [held.close() for held in tool["KEPT"]])
        return tool

    def test_runs_at_once_take_ports_of_their_own(self):
        take = ("import runpy, sys; tool = runpy.run_path(sys.argv[1]); "
                "port, other = tool['find_port'](sys.argv[2]); other.close(); print(port, flush=True); sys.stdin.read()")
        for protocol in ("tcp", "udp"):
            with contextlib.ExitStack() as stack:
                runs = [stack.enter_context(subprocess.Popen([sys.executable, "-c", take, TOOLS / "screenshot", protocol],
                                                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
                        for _ in range(4)]
                ports = [int(run.stdout.readline()) for run in runs]
            self.assertEqual(len(set(ports)), len(runs))

    def test_chooses_a_port_that_nobody_has(self):
        port, other = self.load()["find_port"]("tcp")
        with other:
            again, another = self.load()["find_port"]("tcp")
            another.close()
        self.assertNotEqual(port, again)

    def test_chooses_a_fresh_port_after_one_in_time_wait(self):
        tool = self.load()
        port, other = tool["find_port"]("tcp", is_fresh=True)
        other.close()
        tool["close_first"](port)
        tool["KEPT"].pop().close()
        again, other = tool["find_port"]("tcp", is_fresh=True)
        other.close()
        self.assertNotEqual(port, again)


class CheckIncludes(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as directory:
            for name, text in files.items():
                path = pathlib.Path(directory, "src", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return run_tool("check-includes", directory)

    def test_lets_includes_go_down(self):
        code, _ = self.check({"engine/a.h": "", "journal/b.h": "", "journal/b.c": '#include "b.h"\n#include "a.h"\n'})
        self.assertEqual(code, 0)

    def test_stops_an_include_that_goes_up(self):
        code, output = self.check({"engine/a.c": '#include "b.h"\n', "journal/b.h": ""})
        self.assertEqual(code, 1)
        self.assertIn("src/engine does not reach src/journal", output)

    def test_stops_gtk_below_the_window(self):
        self.assertEqual(self.check({"cli/a.c": "#include <gtk/gtk.h>\n"})[0], 1)
        self.assertEqual(self.check({"app/a.c": "#include <gtk/gtk.h>\n"})[0], 0)

    def test_wants_the_own_header_first(self):
        self.assertEqual(self.check({"engine/a.h": "", "engine/a.c": '#include <gio/gio.h>\n#include "a.h"\n'})[0], 1)


class CheckSources(unittest.TestCase):
    def check(self, name, text):
        with tempfile.TemporaryDirectory() as directory:
            for number in range(20):
                self.write(directory, f"src/engine/f{number}.h", LICENCE)
            self.write(directory, name, text)
            return run_tool("check-sources", directory)[0]

    @staticmethod
    def write(directory, name, text):
        path = pathlib.Path(directory, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def test_accepts_a_file_in_shape(self):
        self.assertEqual(self.check("src/engine/a.c", LICENCE), 0)

    def test_wants_licence_lines(self):
        self.assertEqual(self.check("src/engine/a.c", "int a;\n"), 1)

    def test_measures_functions(self):
        body = "void\nact (int a)\n{\n" + "  a++;\n" * 61 + "}\n"
        self.assertEqual(self.check("src/engine/a.c", LICENCE + body), 1)
        self.assertEqual(self.check("src/engine/a.c", LICENCE + body.replace("act", "be_a_class_init")), 0)

    def test_measures_files(self):
        self.assertEqual(self.check("src/engine/a.c", LICENCE + "\n" * 500), 1)
        self.assertEqual(self.check("ui/a.ui", f"<!-- {LICENCE} -->" + "\n" * 250), 1)

    def test_finds_what_reads_markup_or_any_format(self):
        for line in ("gtk_label_set_markup (label, text);", "pango_parse_markup (text);", "adw_toast_new (text);",
                     "adw_action_row_set_subtitle (row, text);", 'g_object_set (label, "use-markup", TRUE, NULL);',
                     '#pragma GCC diagnostic ignored "-Wformat-nonliteral"'):
            self.assertEqual(self.check("src/app/a.c", LICENCE + line + "\n"), 1, line)
        self.assertEqual(self.check("ui/a.ui", f'<!-- {LICENCE} --><property name="tooltip-markup"/>\n'), 1)
        self.assertEqual(self.check("src/app/a.c", LICENCE + "gtk_label_set_text (label, text);\n"), 0)
        self.assertEqual(self.check("src/app/a.c", LICENCE + "/* Never markup. */\n"), 0)

    def test_finds_unfinished_work(self):
        self.assertEqual(self.check("src/engine/a.c", LICENCE + "/* TO" + "DO: more */\n"), 1)


if __name__ == "__main__":
    unittest.main()
