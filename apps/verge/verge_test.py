#!/usr/bin/env python3
"""Runs the program as its users do: answers, exit codes, errors, wrong files.

Use: verge_test.py VERGE MAKE_TEST_MODELS [TEST...]      (ctest runs it; only Python's own library is needed)
"""
import json
import os
import pathlib
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import schema_check  # noqa: E402  (beside this file)

VERGE = MAKE_TEST_MODELS = None


def npy(code, shape, data):
    """The bytes of a .npy file of version 1."""
    text = f"{{'descr': '{code}', 'fortran_order': False, 'shape': {shape}, }}"
    text = text.ljust(128 - 11) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + data


def floats(*values):
    return npy("<f4", (1, len(values)), struct.pack(f"<{len(values)}f", *values))


def png(width, height, grey):
    """An 8-bit grey picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + grey[y * width:(y + 1) * width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        subprocess.run([MAKE_TEST_MODELS, self.folder], check=True)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def model(self, name):
        return self.folder / f"{name}.tflite"

    def call(self, *arguments, stdin=None):
        return subprocess.run([VERGE, *map(str, arguments)], cwd=self.folder, input=stdin, capture_output=True,
                              timeout=120)

    def answer(self, verb, *arguments, code=0, stdin=None):
        """The JSON of a call: one object, nothing else, as its schema says."""
        done = self.call(verb, *arguments, "--json", stdin=stdin)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        answer = json.loads(done.stdout)
        schema = json.loads(self.call("schema", verb).stdout)
        self.assertEqual(list(schema_check.faults(answer, schema)), [])
        return answer

    def refusal(self, *arguments, stdin=None):
        """The error of a call that must end with 2: the same in words and in JSON."""
        plain = self.call(*arguments, stdin=stdin)
        done = self.call(*arguments, "--json", stdin=stdin)
        for result in (plain, done):
            self.assertEqual(result.returncode, 2, result.stdout.decode() + result.stderr.decode())
            self.assertTrue(result.stderr.decode().startswith("verge: "))
        self.assertEqual(plain.stdout, b"")
        answer = json.loads(done.stdout)
        self.assertEqual(set(answer), {"error"})
        self.assertEqual(set(answer["error"]), {"what", "where", "wanted", "do"})
        self.assertTrue(answer["error"]["what"])
        return answer["error"]


class TestAnswers(CommandLine):
    def test_every_verb_has_a_schema_and_a_help_with_a_call_and_an_example(self):
        help_text = self.call("--help").stdout.decode()
        verbs = [line.split()[0] for line in help_text.split("SUBCOMMANDS:")[-1].splitlines() if line.startswith("  ")]
        verbs = [verb for verb in verbs if not verb.startswith("-")]
        self.assertIn("inspect", verbs)
        for verb in verbs:
            self.answer("schema", verb)
            text = self.call(verb, "--help")
            self.assertEqual(text.returncode, 0)
            self.assertIn(f"Usual call:\n  verge {verb}", text.stdout.decode())
            self.assertIn(f"Example:\n  verge {verb}", text.stdout.decode())
            places = [text.stdout.decode().index(part) for part in ("Usual call:", "--json", "Example:")]
            self.assertEqual(places, sorted(places))
            self.assertNotIn("ENUM", text.stdout.decode())
        self.assertIn("(default: 1)", self.call("bench", "--help").stdout.decode())

    def test_inspect_shows_inputs_outputs_operators_and_memory(self):
        found = self.answer("inspect", self.model("halves"), "--target", "cortex-m4")
        self.assertEqual([p["name"] for p in found["inputs"]], ["picture"])
        self.assertEqual((found["inputs"][0]["type"], found["inputs"][0]["shape"]), ("int8", [1, 4, 4, 1]))
        self.assertEqual(found["inputs"][0]["zero_point"], -128)
        self.assertAlmostEqual(found["inputs"][0]["scale"], 1 / 255)
        self.assertEqual([(o["index"], o["kind"], o["macs"]) for o in found["operators"]],
                         [(0, "CONV_2D", 16), (1, "FULLY_CONNECTED", 32)])
        self.assertEqual(found["macs"], 48)
        self.assertGreater(found["arena_bytes"], 0)
        self.assertTrue(found["peak_operator"])

    def test_inspect_shows_a_plan_with_its_steps_sections_and_kernels(self):
        self.answer("compile", self.model("halves"), "-o", "halves.vrg", "--target", "cortex-m4")
        found = self.answer("inspect", "halves.vrg")
        self.assertEqual((found["format"], found["target"]), ("plan", "cortex-m4"))
        self.assertTrue(all(o["supported"] and o["kernel"] for o in found["operators"]))
        self.assertIn("steps", [s["name"] for s in found["sections"]])
        self.assertIn("arena0", [r["name"] for r in found["regions"]])
        model = self.answer("inspect", self.model("halves"), "--target", "cortex-m4")
        self.assertEqual(found["arena_bytes"], model["arena_bytes"])
        self.assertEqual(found["buffers"], model["buffers"])

    def test_compile_streams_and_says_what(self):
        found = self.answer("compile", self.model("halves"), "--stream", "2")["stream"]
        self.assertEqual((found["window_frames"], found["operators"][1]["reason"]), (4, "its weights span all of time"))
    def test_inspect_lists_every_operator_that_cannot_be_run_with_a_reason(self):
        found = self.answer("inspect", self.model("unsupported"))
        self.assertEqual([o["supported"] for o in found["operators"]], [True, False, False])
        self.assertEqual([o["kind"] for o in found["operators"]], ["RELU", "Mystery", "Riddle"])
        self.assertTrue(all(o["reason"] for o in found["operators"][1:]))
        self.assertIsNone(found["arena_bytes"])
        self.assertIn("2 of 3 operators", found["not_compiled_because"])
        self.assertEqual(found["metadata"], {"maker": "a test"})
        self.assertIn("CANNOT BE RUN", self.call("inspect", self.model("unsupported")).stdout.decode())

    def test_inspect_lists_operators_that_contradict_themselves_or_take_strings_as_not_supported(self):
        found = self.answer("inspect", self.model("contradiction"))
        self.assertEqual([o["supported"] for o in found["operators"]], [True, False])
        self.assertTrue(found["operators"][1]["reason"])
        self.refusal("bench", self.model("contradiction"))
        found = self.answer("inspect", self.model("strings"))
        self.assertEqual((found["inputs"][0]["type"], found["operators"][0]["supported"]), ("STRING", False))
        self.assertIn("STRING", found["operators"][0]["reason"])

    def test_the_peak_of_compile_is_the_step_that_uses_the_most(self):
        found = self.answer("compile", self.model("halves"))
        self.assertEqual(found["peak_bytes"], max(found["live_bytes"]))
        self.assertEqual(sum(tensor["bytes"] for tensor in found["peak"]), found["peak_bytes"])
        peak = self.answer("inspect", self.model("halves"))["peak_operator"]
        step = found["live_bytes"].index(found["peak_bytes"])
        self.answer("compile", self.model("halves"), "-o", "p.vrg")
        self.assertIn(self.answer("inspect", "p.vrg")["operators"][step]["name"], peak)

    def test_inspect_draws_the_memory_plan(self):
        found = self.answer("inspect", self.model("halves"), "--svg", "memory.svg")
        svg = (self.folder / "memory.svg").read_text()
        self.assertEqual(svg.count("<title>"), len(found["buffers"]))
        self.refusal("inspect", self.model("unsupported"), "--svg", "none.svg")
        self.assertFalse((self.folder / "none.svg").exists())

    def test_run_gives_the_same_bytes_by_both_runtimes_and_from_a_plan(self):
        self.file("x.npy", floats(3, -1))
        self.answer("compile", self.model("classes"), "-o", "classes.vrg")
        answers = [self.answer("run", model, "--input", "x.npy", "--output", f"{i}.npz", *more)
                   for i, (model, *more) in enumerate([(self.model("classes"),), ("classes.vrg", "--threads", "2"),
                                                       (self.model("classes"), "--runtime", "tiny")])]
        self.assertEqual(len({a["outputs"][0]["fnv1a"] for a in answers}), 1)
        self.assertEqual(answers[2]["runtime"], "tiny")
        self.assertTrue((self.folder / "0.npz").read_bytes().startswith(b"PK"))

    def test_run_writes_the_numbers(self):
        self.file("x.npy", floats(3, -1))
        self.answer("run", self.model("classes"), "--input", "x=x.npy", "--output", "y.npy")
        self.assertEqual(struct.unpack("<3f", (self.folder / "y.npy").read_bytes()[-12:]), (3.0, -1.0, 1.0))

    def test_bench_gives_times_in_order(self):
        found = self.answer("bench", self.model("classes"), "--runs", "20")
        self.assertEqual(found["runs"], 20)
        self.assertLessEqual(found["min_ms"], found["median_ms"])
        self.assertLessEqual(found["median_ms"], found["p90_ms"])
        self.assertLessEqual(found["p90_ms"], found["p99_ms"])
        self.assertGreaterEqual(self.answer("bench", self.model("classes"), "--seconds", "0.01")["runs"], 1)
        self.refusal("bench", self.model("classes"), "--runs", "2", "--seconds", "1")

    def test_boards_lists_boards_that_are_targets(self):
        for board in self.answer("boards")["boards"]:
            self.answer("compile", self.model("halves"), "--target", board["name"])

    def test_a_model_comes_from_standard_input_and_a_plan_goes_to_standard_output(self):
        data = self.model("classes").read_bytes()
        self.assertEqual(self.answer("inspect", "-", stdin=data)["format"], "tflite")
        self.file("x.npy", floats(3, -1))
        self.answer("run", "-", "--input", "x.npy", stdin=data)
        plan = self.call("inspect", "-", "--json", stdin=self.plan())
        self.assertEqual(json.loads(plan.stdout)["format"], "plan")
        self.answer("run", self.model("classes"), "--input", "-", stdin=floats(1, 2))

    def plan(self):
        self.answer("compile", self.model("classes"), "-o", "p.vrg")
        return (self.folder / "p.vrg").read_bytes()


class TestEval(CommandLine):
    def rows(self, *rows):
        lines = ["file,label"]
        for i, (data, label) in enumerate(rows):
            self.file(f"row{i}.npy", data)
            lines.append(f"row{i}.npy,{label}")
        return self.file("list.csv", "\n".join(lines) + "\n")

    def test_counts_right_classes(self):
        data = self.rows((floats(3, 1), 0), (floats(1, 3), 1), (floats(5, 1), 2))
        top1 = self.answer("eval", self.model("classes"), "--data", data, "--metric", "top1")
        self.assertEqual((top1["rows"], top1["correct"], round(top1["value"], 4)), (3, 2, 0.6667))
        self.assertEqual((top1["classes"], top1["confusion"]), (["0", "1", "2"], [[1, 0, 0], [0, 1, 0], [1, 0, 0]]))
        top2 = self.answer("eval", self.model("classes"), "--data", data, "--metric", "top2")
        self.assertEqual(top2["correct"], 3)
        f1 = self.answer("eval", self.model("classes"), "--data", data, "--metric", "f1")
        self.assertAlmostEqual(f1["value"], (2 / 3 + 1 + 0) / 3)

    def test_takes_names_for_labels_and_a_part_of_the_rows(self):
        data = self.rows((floats(3, 1), "left"), (floats(1, 3), "right"), (floats(3, 1), "left"), (floats(3, 1), "both"))
        names = self.file("names.txt", "left\nright\nboth\n")
        found = self.answer("eval", self.model("classes"), "--data", data, "--metric", "top1", "--labels", names,
                            "--samples", "2")
        self.assertEqual((found["rows"], found["correct"], found["classes"]), (2, 2, ["left"]))

    def test_scores_an_autoencoder_by_its_error_over_all_windows_of_a_file(self):
        normal, odd = struct.pack("<8f", *[1.0] * 8), struct.pack("<8f", *[-1.0] * 4, *[1.0] * 4)
        self.file("normal.bin", normal)
        self.file("odd.bin", odd)
        data = self.file("list.csv", "file,label\nnormal.bin,0\nodd.bin,1\n")
        found = self.answer("eval", self.model("relu"), "--data", data, "--metric", "auc", "--score", "mse")
        self.assertEqual((found["value"], found["correct"], found["confusion"]), (1, None, None))

    def test_reads_pictures(self):
        left = bytes([255, 255, 0, 0] * 4)
        self.file("left.png", png(4, 4, left))
        self.file("right.png", png(8, 8, bytes([0] * 4 + [255] * 4) * 8))
        data = self.file("list.csv", "file,label\nleft.png,0\nright.png,1\n")
        found = self.answer("eval", self.model("halves"), "--data", data, "--metric", "top1", "--preprocess", "image")
        self.assertEqual(found["value"], 1)

    def test_names_the_line_of_a_row_that_is_wrong(self):
        data = self.rows((floats(3, 1), 0), (floats(3, 1, 2), 1))
        error = self.refusal("eval", self.model("classes"), "--data", data, "--metric", "top1")
        self.assertIn("list.csv:3", error["where"])
        for rows, line in [("row0.npy,9\n", 2), ("row0.npy,0\nnone.npy,1\n", 3), ("row0.npy,yes\n", 2)]:
            data = self.file("wrong.csv", "file,label\n" + rows)
            error = self.refusal("eval", self.model("classes"), "--data", data, "--metric", "top1")
            self.assertIn(f"wrong.csv:{line}", error["where"])
        data = self.file("empty.csv", "file,label\n")
        self.refusal("eval", self.model("classes"), "--data", data, "--metric", "top1")

    def test_says_what_is_not_there_yet(self):
        data = self.rows((floats(3, 1), 0))
        self.assertIn("map", self.refusal("eval", self.model("classes"), "--data", data, "--metric", "map")["what"])

    def test_names_the_front_ends_for_speech(self):
        data = self.rows((floats(3, 1), 0))
        error = self.refusal("eval", self.model("classes"), "--data", data, "--metric", "top1", "--preprocess", "mfc")
        self.assertIn("microfrontend, microfrontend-10ms, mfcc, log-mel", error["wanted"])


class TestBadInput(CommandLine):
    def test_a_model_that_does_not_fit_ends_with_1_and_reasons_and_writes_nothing(self):
        answer = self.answer("compile", self.model("halves"), "-o", "no.vrg", "--target", "cortex-m4", "--ram", "16",
                             "--flash", "100", code=1)
        self.assertFalse(answer["fits"])
        self.assertEqual(len(answer["reasons"]), 2)
        self.assertIn("seen", answer["reasons"][0])
        self.assertFalse((self.folder / "no.vrg").exists())

    def test_wrong_models_are_refused_with_what_they_are(self):
        whole = self.model("classes").read_bytes()
        wrong = {"empty": b"", "cut": whole[:len(whole) // 2], "picture": png(2, 2, bytes(4)), "words": b"hello\n" * 9,
                 "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n",
                 "cut_plan": b"VRGP" + bytes(3)}
        for name, data in wrong.items():
            path = self.file(name, data)
            for verb in ("inspect", "compile", "bench"):
                with self.subTest(name=name, verb=verb):
                    self.assertIn(name, self.refusal(verb, path)["where"])
        self.assertIn("LFS", str(self.refusal("inspect", self.folder / "pointer")))
        self.assertIn("89 50 4e 47", str(self.refusal("inspect", self.folder / "picture")))

    def test_every_truncation_is_refused(self):
        whole = self.model("classes").read_bytes()
        for size in range(0, len(whole), max(1, len(whole) // 25)):
            done = self.call("inspect", "-", "--json", stdin=whole[:size])
            self.assertEqual(done.returncode, 2, size)

    def test_a_missing_file_a_folder_and_similar_names_are_told_apart(self):
        error = self.refusal("inspect", self.folder / "classes1.tflite")
        self.assertIn("classes.tflite", error["do"])
        self.assertIn("folder", str(self.refusal("inspect", self.folder)))
        self.assertIn("mps2-an386", str(self.refusal("compile", self.model("classes"), "--target", "mps2-an387")))

    def test_wrong_usage_ends_with_2(self):
        self.refusal("inspekt")
        self.refusal("inspect")
        self.refusal("run", self.model("classes"), "--runtime", "quick")
        self.refusal("bench", self.model("classes"), "--threads", "-1")
        self.refusal("compile", self.model("classes"), "--ram", "much")
        self.assertEqual(self.call().returncode, 2)

    def test_wrong_words_are_named_with_what_was_wanted_and_the_nearest(self):
        cases = [(("inspekt", "x"), "inspekt", "compile", "inspect"),
                 (("run", "m", "--inptu", "x"), "--inptu", "--output", "--input"),
                 (("bench", "m", "--runtime", "fas"), "fas", "tiny", "fast"),
                 (("bench", "m", "--runs", "many"), "many", "whole number", "bench --help"),
                 (("bench", "m", "--seconds", "nan"), "nan", "a number", "bench --help"),
                 (("eval", "m", "--data", "d", "--metric", "top1", "--samples", "0"), "--samples", "1 or more", "help"),
                 (("compile", "m", "-o"), "needs a value", "value", "compile --help"),
                 (("inspect",), "MODEL", "verge inspect", "inspect --help"),
                 (("inspect", "a", "b"), "'b'", "--", "inspect --help")]
        for words, what, wanted, remedy in cases:
            with self.subTest(words=words):
                error = self.refusal(*words)
                self.assertIn(what, error["what"])
                self.assertIn(wanted, error["wanted"])
                self.assertIn(remedy, error["do"])
                self.assertTrue(error["where"])

    def test_a_value_is_no_option_and_not_empty(self):
        error = self.refusal("compile", self.model("classes"), "-o", "--target", "host")
        self.assertIn("-o needs a value", error["what"])
        self.assertFalse((self.folder / "--target").exists())
        done = self.call("compile", self.model("classes"), "-o", "--json")
        self.assertEqual((done.returncode, list(json.loads(done.stdout))), (2, ["error"]))
        for option in ("-o", "--ram", "--target"):
            self.assertIn("empty", self.refusal("compile", self.model("classes"), option, "")["what"])
        self.assertIn("empty", self.refusal("eval", self.model("classes"), "--data", "x", "--metric", "top1", "--board",
                                            "")["what"])

    def test_standard_output_holds_one_thing(self):
        self.file("x.npy", floats(3, -1))
        calls = [("compile", self.model("classes"), "-o", "-"), ("inspect", self.model("classes"), "--svg", "-"),
                 ("run", self.model("classes"), "--input", "x.npy", "-o", "-")]
        for call, first in zip(calls, (b"VRGP", b"<svg", b"PK")):
            with self.subTest(call=call[0]):
                done = self.call(*call)
                self.assertTrue(done.stdout.startswith(first))
                self.assertEqual(done.returncode, 0)
                self.assertTrue(done.stderr)
                refused = self.call(*call, "--json")
                self.assertEqual(refused.returncode, 2)
                self.assertIn("--json", json.loads(refused.stdout)["error"]["what"])
        self.file("p.vrg", self.call(*calls[0]).stdout)
        self.answer("inspect", "p.vrg")
        self.assertIn("standard input", self.refusal("run", "-", "--input", "-")["wanted"])

    def test_an_answer_that_cannot_be_written_ends_with_2(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        for arguments in (["boards"], ["boards", "--json"], ["--help"], ["run", "--help"]):
            with self.subTest(arguments=arguments), open("/dev/full", "wb") as full:
                done = subprocess.run([VERGE, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"standard output", done.stderr)

    def test_what_is_read_is_not_overwritten(self):
        before = self.model("classes").read_bytes()
        os.link(self.model("classes"), self.folder / "same.vrg")
        for output in (self.model("classes"), "same.vrg"):
            self.assertIn("MODEL", self.refusal("compile", self.model("classes"), "-o", output)["what"])
        self.file("x.npy", floats(3, -1))
        self.refusal("run", self.model("classes"), "--input", "x=x.npy", "-o", "x.npy")
        self.assertEqual(self.model("classes").read_bytes(), before)

    def test_wrong_usage_writes_nothing(self):
        self.assertIn("--emit cpp", self.refusal("compile", self.model("classes"), "--emit", "foo", "bar", "-o",
                                                 "p.vrg")["wanted"])
        self.assertFalse((self.folder / "p.vrg").exists())
        self.assertIn("create it first", self.refusal("compile", self.model("classes"), "--emit", "cpp", "a/b")["do"])
        self.assertFalse((self.folder / "a").exists())
        self.file("f", "")
        self.assertIn("file", self.refusal("compile", self.model("classes"), "--emit", "cpp", "f")["what"])
        self.answer("compile", self.model("classes"), "--emit", "cpp", "a")
        self.assertTrue((self.folder / "a" / "model.cpp").exists())

    def test_options_without_effect_are_refused(self):
        self.file("x.npy", floats(3, -1))
        data = self.file("list.csv", "file,label\nx.npy,0\n")
        model = self.model("classes")
        for more in (("--threads", "2"), ("--cpu", "baseline")):
            self.assertIn("tiny", self.refusal("bench", model, "--runs", "1", "--runtime", "tiny", *more)["what"])
            self.refusal("eval", model, "--data", data, "--metric", "top1", "--board", "mps2-an386", *more)
        self.assertIn("auc", self.refusal("eval", model, "--data", data, "--metric", "top1", "--score", "1")["wanted"])
        for names in ("a\nb\n", "a\nb\nc\nd\n"):
            error = self.refusal("eval", model, "--data", data, "--metric", "top1", "--labels",
                                 self.file("names.txt", names))
            self.assertIn("3 classes", error["what"])
        self.answer("eval", model, "--data", data, "--metric", "top1", "--labels", self.file("n.txt", "a\nb\nc\n\n"))

    def test_outputs_are_written_by_their_ending(self):
        self.file("x.npy", floats(3, -1))
        call = ("run", self.model("classes"), "--input", "x.npy", "-o")
        self.assertIn(".npz", self.refusal(*call, "y.txt")["wanted"])
        self.assertFalse((self.folder / "y.txt").exists())
        self.answer(*call, "/dev/null")
        self.file("pair.npy", npy("<f4", (1, 4), bytes(16)))
        pair = ("run", self.model("pair"), "--input", "left=pair.npy", "--input", "right=pair.npy", "-o")
        self.assertIn("2 outputs", self.refusal(*pair, "y.npy")["what"])
        self.answer(*pair, "y.npz")

    def test_inputs_are_told_apart_by_name_and_paths_may_hold_an_equals_sign(self):
        data = npy("<f4", (1, 4), bytes(16))
        self.file("a=b.npy", floats(3, -1))
        self.answer("run", self.model("classes"), "--input", "a=b.npy")
        self.answer("run", self.model("classes"), "--input", "x=a=b.npy")
        self.file("x.npy", data)
        twice = self.refusal("run", self.model("pair"), "--input", "left=x.npy", "--input", "left=x.npy")
        self.assertIn("two files for 'left'", twice["what"])
        wrong = self.refusal("run", self.model("pair"), "--input", "lfet=x.npy", "--input", "x.npy")
        self.assertIn("left", wrong["do"])
        self.answer("run", self.model("pair"), "--input", "x.npy", "--input", "left=x.npy")

    def test_a_closed_standard_input_is_an_error_and_not_a_hang(self):
        done = subprocess.run([VERGE, "inspect", "-"], preexec_fn=lambda: os.close(0), capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)

    def test_the_inputs_of_a_board_are_checked_before_the_firmware_is_built(self):
        self.file("x.bin", bytes(3))
        call = [VERGE, "emulate", self.model("halves"), "--board", "mps2-an386", "--input", "x.bin"]
        done = subprocess.run(call, cwd=self.folder, env={"PATH": str(self.folder)}, capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"3 raw bytes", done.stderr)

    def test_numbers_of_another_type_or_shape_are_never_cast_silently(self):
        cases = {"int32.npy": npy("<i4", (1, 2), bytes(8)), "three.npy": floats(1, 2, 3), "raw.bin": bytes(7)}
        for name, data in cases.items():
            with self.subTest(name=name):
                self.assertIn("x", self.refusal("run", self.model("classes"), "--input", self.file(name, data))["wanted"])
        self.refusal("run", self.model("classes"))
        self.file("x.npy", floats(1, 2))
        self.refusal("run", self.model("classes"), "--input", "x.npy", "--input", "x.npy")

    def test_floats_are_quantised_on_request_and_only_where_they_are_finite(self):
        picture = npy("<f4", (1, 4, 4, 1), struct.pack("<16f", *[0.5] * 16))
        self.file("x.npy", picture)
        self.assertIn("--quantize-inputs", self.refusal("run", self.model("halves"), "--input", "x.npy")["do"])
        self.answer("run", self.model("halves"), "--input", "x.npy", "--quantize-inputs")
        for bad in (float("nan"), float("inf")):
            self.file("bad.npy", npy("<f4", (1, 4, 4, 1), struct.pack("<16f", bad, *[0.5] * 15)))
            error = self.refusal("run", self.model("halves"), "--input", "bad.npy", "--quantize-inputs")
            self.assertIn("element 0", error["what"])

    def test_a_plan_that_asks_for_more_memory_than_there_is_ends_with_2_and_an_error(self):
        """3.7 GiB of arena in a process that may have 1 GiB; by both runtimes."""
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        if subprocess.run([VERGE, "--version"], preexec_fn=limit, capture_output=True).returncode != 0:
            self.skipTest("a program with an address sanitizer needs more address space")
        memory = struct.pack("<7I", 0, 0xf0000000 - (1 << 20), 0, 0, 0, 16, 0)[:24]
        table = struct.pack("<4sIII", b"MEMR", 32, 24, 1)
        plan = struct.pack("<4sHHII", b"VRGP", 1, 1, 56, 0) + table + memory
        self.file("greedy.vrg", plan)
        for runtime in ("tiny", "fast"):
            with self.subTest(runtime=runtime):
                done = subprocess.run([VERGE, "run", "greedy.vrg", "--runtime", runtime, "--json"], cwd=self.folder,
                                      preexec_fn=limit, capture_output=True, timeout=120)
                self.assertEqual(done.returncode, 2, done.stderr.decode())
                error = json.loads(done.stdout)["error"]
                self.assertEqual(set(error), {"what", "where", "wanted", "do"})
                self.assertTrue(all(error[key] for key in ("what", "wanted", "do")), error)

    def test_a_folder_that_is_not_there_cannot_be_written_to(self):
        self.refusal("compile", self.model("classes"), "-o", "none/p.vrg")

    def test_ctrl_c_ends_a_bench_with_what_it_has(self):
        """A signal that comes before the first run ends it without an answer: then a later one must do."""
        for delay_s in (1, 4, 16):
            child = subprocess.Popen([VERGE, "bench", self.model("classes"), "--seconds", "600", "--json"],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            time.sleep(delay_s)
            child.send_signal(signal.SIGINT)
            out, _ = child.communicate(timeout=60)
            if child.returncode != -signal.SIGINT:
                break
        self.assertEqual(child.returncode, 0)
        self.assertGreater(json.loads(out)["runs"], 0)


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs inherit it; it may be ignored here
    global VERGE, MAKE_TEST_MODELS
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    VERGE, MAKE_TEST_MODELS = map(os.path.abspath, sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)


if __name__ == "__main__":
    main()
