"""What the recorder promises, on the PyTorch that is installed: python3 -m unittest discover python/tests"""

from __future__ import annotations

import doctest
import json
import math
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import types
import unittest
import warnings
from pathlib import Path
from unittest import mock

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import rankscope  # noqa: E402
from networks import cnn, digits, train  # noqa: E402

PROBE = digits(40, seed=5)[0]
HELD_OUT = digits(100, seed=6)


class RecorderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.study = Path(folder.name) / "study"
        torch.manual_seed(0)
        random.seed(0)

    def record(self, model: nn.Module, **options) -> rankscope.Recorder:
        return rankscope.record(model, self.study, **{"run": "a", "probe": PROBE, "every": 5, "quiet": True, **options})

    def log(self, run: str = "a") -> list[dict]:
        """The records of a log, without their seals."""
        return [json.loads(record) for record in rankscope._read_records(self.study / "runs" / f"{run}.jsonl")]

    def steps(self, run: str = "a") -> list[int]:
        return [record["step"] for record in self.log(run) if "step" in record]


class Inside(RecorderTest):
    """of the network: heads, filters, units, with the names of `rankscope mechanisms`."""

    def track(self, name: str, run: str = "a") -> tuple[list[str], list[dict]]:
        header, *records = self.log(run)
        subjects = next(track["subjects"] for track in header["tracks"] if track["id"] == name)
        return [s["name"] for s in subjects], [r["track"] for r in records if r.get("track", {}).get("id") == name]

    def test_units_are_taken_after_a_nonlinearity_that_follows_alone_also_in_place(self) -> None:
        net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(inplace=True), nn.Linear(3, 2))
        with torch.no_grad():
            net[0].weight.copy_(torch.tensor([[1.0, 0, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 0]]))
            net[0].bias.zero_()
        probe = torch.ones(6, 4)
        with self.record(net, probe=probe, units=1, labels=torch.arange(6) % 2) as r:
            r.step(0)
        names, (record,) = self.track("units")
        self.assertEqual(names, ["0", "2"])
        # The second unit is negative and the third zero before the ReLU.
        self.assertAlmostEqual(record["subjects"][0]["values"]["dead_units"], 2 / 3)

    def test_without_labels_what_needs_them_says_so(self) -> None:
        with self.record(nn.Sequential(nn.Flatten(), nn.Linear(64, 5)), units=1) as r:
            r.step(0)
        _, (record,) = self.track("units")
        subject = record["subjects"][0]
        self.assertIsNone(subject["values"]["mutual_information"])
        self.assertIn("labels=", subject["undetermined"]["mutual_information"])
        self.assertIsNotNone(subject["values"]["treves_rolls"])

    def test_attention_of_other_modules_is_given_as_probabilities(self) -> None:
        # Every query looks at the token before it; the first, at itself.
        looks = torch.eye(5).roll(1, 0)
        looks[0] = torch.eye(5)[0]
        given = {"mixer": looks.expand(40, 2, 5, 5)}
        net = nn.Sequential(nn.Flatten(), nn.Linear(64, 5))
        with self.record(net, attention=1, probabilities=lambda model, probe: given) as r:
            r.step(0)
        names, (record,) = self.track("attention")
        values = record["subjects"][0]["values"]
        self.assertEqual(names, ["mixer"])
        self.assertAlmostEqual(values["previous_token_score"], 1)
        self.assertAlmostEqual(values["head_similarity"], 1)
        self.assertAlmostEqual(values["attention_distance"], 0.8)
        self.assertIn("PyTorch", record["subjects"][0]["undetermined"]["copying_score"])

    def test_attention_is_seen_whatever_the_network_asks_of_it(self) -> None:
        torch.manual_seed(1)
        block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
        tokens = torch.randn(10, 6, 8)
        block.eval()
        with torch.no_grad():
            _, weights = block.self_attn(tokens, tokens, tokens, average_attn_weights=False)
        with self.record(block, probe=tokens, attention=1) as r:
            r.step(0)
        names, (record,) = self.track("attention")
        self.assertEqual(names, ["self_attn"])
        expected = max(weights[:, head, range(1, 6), range(5)].mean().item() for head in range(2))
        self.assertAlmostEqual(record["subjects"][0]["values"]["previous_token_score"], expected, places=6)

    def test_weights_that_are_not_finite_have_a_reason_and_no_number(self) -> None:
        net = nn.Sequential(nn.Flatten(), nn.Linear(64, 5))
        with self.record(net, filters=1) as r:
            r.step(0)
            with torch.no_grad():
                net[1].weight[0, 0] = math.nan
            r.step(1)
        _, (first, second) = self.track("filters")
        self.assertIsNotNone(first["subjects"][0]["values"]["filter_orthogonality"])
        self.assertEqual(second["subjects"][0]["undetermined"]["filter_orthogonality"], "1.weight holds a weight that is not finite")

    def test_labels_that_do_not_fit_the_probe_are_refused(self) -> None:
        with self.assertRaisesRegex(rankscope.RecordingError, "labels are 3; allowed"):
            self.record(cnn(), units=1, labels=torch.arange(3))


class Training(RecorderTest):
    """is the same, to the bit, with and without a recorder."""

    def outcome(self, recorded: bool, **options) -> tuple:
        torch.manual_seed(3)
        random.seed(3)
        model, losses = cnn(), []
        if not recorded:
            train(model, range(12), lambda step, loss: losses.append(loss.item()))
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with self.record(model, **options) as r:
                    train(model, range(12), lambda step, loss: (losses.append(loss.item()), r.step(step, loss)))
            self.assertGreater(r.measurements, 2)
        state = {name: value.clone() for name, value in model.state_dict().items()}
        return losses, state, torch.rand(3).tolist(), random.random()

    def assert_same(self, **options) -> None:
        bare, recorded = self.outcome(False), self.outcome(True, **options)
        self.assertEqual(bare[0], recorded[0])
        for name, value in bare[1].items():
            self.assertTrue(torch.equal(value, recorded[1][name]), name)
        self.assertEqual(bare[2:], recorded[2:])

    def test_with_everything_measured(self) -> None:
        self.assert_same(every=2, weights=3, evaluate=HELD_OUT, evaluate_every=4, filters=3, units=2,
                         labels=digits(40, seed=5)[1])

    def test_measured_on_its_first_batch(self) -> None:
        self.assert_same(probe=None, every=2)

    def test_measured_in_another_type(self) -> None:
        self.assert_same(every=2, autocast=torch.bfloat16)

    def test_trained_in_mixed_precision(self) -> None:
        with torch.autocast("cpu", torch.bfloat16):
            self.assert_same(every=2, weights=3, evaluate=HELD_OUT, evaluate_every=4)

    def test_modes_are_left_one_by_one(self) -> None:
        model = cnn()
        model[1].eval()  # a frozen BatchNorm in a network that trains
        with self.record(model, every=1) as r:
            r.step(0, 1.0)
        self.assertEqual([module.training for module in model], [i != 1 for i in range(len(model))])

    def test_a_buffer_that_changes_in_evaluation_is_put_back(self) -> None:
        class Counting(nn.Linear):
            def __init__(self) -> None:
                super().__init__(64, 4)
                self.register_buffer("calls", torch.zeros(()))

            def forward(self, x):
                self.calls += 1
                return super().forward(x.flatten(1))

        model = Counting()
        with self.record(nn.Sequential(model)) as r:
            r.step(0)
        self.assertEqual(model.calls.item(), 0)


class Log(RecorderTest):
    """holds what was measured, and when."""

    def test_steps_and_layers(self) -> None:
        model = cnn()
        with self.record(model, seed=7, hyperparameters={"lr": 3e-3}, steps=12) as r:
            train(model, range(12), r.step)
        header, *records = self.log()
        self.assertEqual(self.steps(), [0, 5, 10])
        self.assertEqual([layer["name"] for layer in header["layers"]], ["0", "5", "9"])
        self.assertEqual([layer["kind"] for layer in header["layers"]], ["convolution", "convolution", "linear"])
        self.assertEqual([layer["features"] for layer in header["layers"]], [6, 8, 4])
        self.assertEqual((header["seed"], header["plannedSteps"], header["family"]), (7, 12, "cnn"))
        self.assertEqual(records[-1]["end"]["reason"], "complete")

    def test_the_gradient_norm_and_the_loss_of_the_step(self) -> None:
        model, norms = cnn(), {}

        def after(step, loss):
            norms[step] = (loss.item(), math.sqrt(sum((p.grad**2).sum().item() for p in model.parameters())))
            r.step(step, loss)

        with self.record(model) as r:
            train(model, range(6), after)
        for record in self.log():
            if "step" in record:
                loss, norm = norms[record["step"]]
                self.assertEqual(record["loss"], loss)
                self.assertAlmostEqual(record["gradientNorm"], norm, 5)

    def test_says_why_there_is_no_number(self) -> None:
        with self.record(cnn()) as r:
            r.step(0)
            r.step(5, loss=math.nan)
        first, second = (record["undetermined"] for record in self.log() if "step" in record)
        self.assertEqual(first["loss"], "not given")
        self.assertIn("no gradients", first["gradientNorm"])
        self.assertEqual(second["loss"], "it is nan")

    def test_an_activation_that_is_not_finite_has_no_spectrum(self) -> None:
        model = cnn()
        with self.record(model) as r:
            r.step(0, 1.0)
            with torch.no_grad():
                model[5].weight.fill_(math.nan)
            r.step(5, 1.0)
        spectra = [record["spectra"]["layers"] for record in self.log() if "spectra" in record and "step" in record["spectra"]]
        self.assertIsNotNone(spectra[0][1]["centered"])
        self.assertIsNotNone(spectra[1][0]["centered"])
        self.assertIsNone(spectra[1][1]["centered"])

    def test_one_call_per_update_under_gradient_accumulation(self) -> None:
        model = cnn()
        with self.record(model) as r:
            train(model, range(6), r.step, accumulate=3)
        self.assertEqual(self.steps(), [0, 5])

    def test_in_the_precision_of_the_weights_inside_an_autocast_too(self) -> None:
        model = cnn()
        layers = []
        for run, autocast in (("outside", False), ("inside", True)):
            with self.record(model, run=run) as r, torch.autocast("cpu", torch.bfloat16, enabled=autocast):
                r.step(0)
            layers.append(next(record["spectra"]["layers"] for record in self.log(run) if "layers" in record.get("spectra", ())))
        self.assertEqual(*layers)

    def test_evaluations(self) -> None:
        model = cnn()
        with self.record(model, evaluate=HELD_OUT, evaluate_every=10) as r:
            train(model, range(25), r.step)
        evaluations = [record["evaluation"] for record in self.log() if "evaluation" in record]
        self.assertEqual([e["step"] for e in evaluations], [0, 10, 20, 24])
        model.eval()
        random.seed(0)
        torch.manual_seed(0)
        with torch.no_grad():
            right = (model(HELD_OUT[0]).argmax(1) == HELD_OUT[1]).sum().item()
        self.assertAlmostEqual(evaluations[-1]["accuracy"], right / 100, delta=0.021)
        self.assertEqual(len(evaluations[-1]["perClass"]), 4)
        self.assertEqual(self.log()[0]["classes"], 4)
        self.assertEqual(self.log()[0]["layers"][-1]["kind"], "classifier")

    def test_evaluations_of_ones_own(self) -> None:
        with self.record(cnn(), evaluate=lambda model: 0.5, evaluate_every=2) as r:
            r.step(0)
            r.evaluation(1, 0.75, examples=4)
            self.assertRaisesRegex(rankscope.RecordingError, "above 1", r.evaluation, 1, 0.5)
            self.assertRaisesRegex(rankscope.RecordingError, "share", r.evaluation, 3, 75)
        self.assertEqual([r["evaluation"]["accuracy"] for r in self.log() if "evaluation" in r], [0.5, 0.75])

    def test_weights_as_rankscope_tracks_them(self) -> None:
        model = cnn()
        start = model[9].weight.detach().clone()
        with self.record(model, weights=5) as r:
            train(model, range(11), r.step)
        tracks = [record["track"] for record in self.log() if "track" in record]
        self.assertEqual([track["step"] for track in tracks], [0, 5, 10])
        subjects = self.log()[0]["tracks"][0]["subjects"]
        at = [subject["name"] for subject in subjects].index("9.weight")
        last = tracks[-1]["subjects"][at]
        now = model[9].weight.detach()
        self.assertAlmostEqual(last["values"]["distance_from_start"], ((now - start).norm() / start.norm()).item(), 5)
        self.assertEqual(tracks[0]["subjects"][at]["values"]["distance_from_start"],
                         tracks[0]["subjects"][at]["values"]["update"])
        exact = torch.linalg.svdvals(now.double())
        self.assertTrue(torch.allclose(torch.tensor(last["singularValues"], dtype=torch.float64), exact, rtol=1e-9))

    def test_checkpoints_at_planned_steps(self) -> None:
        plan = self.study.parent / "plan.json"
        plan.write_text('{"steps": [2, 4]}')
        model, states = cnn(), {}
        with self.record(model, plan=plan) as r:
            train(model, range(6), lambda step, loss: (states.update({step: model[9].weight.clone()}), r.step(step, loss)))
        files = sorted((self.study / "checkpoints" / "a").iterdir())
        self.assertEqual([file.name for file in files], ["step_00002.safetensors", "step_00004.safetensors"])
        content = files[1].read_bytes()
        length = int.from_bytes(content[:8], "little")
        entry = json.loads(content[8 : 8 + length])["9.weight"]
        begin, end = entry["data_offsets"]
        saved = torch.frombuffer(bytearray(content[8 + length + begin : 8 + length + end]), dtype=torch.float32)
        self.assertTrue(torch.equal(saved.reshape(entry["shape"]), states[4]))
        plan.write_text('{"at": []}')
        with self.assertRaisesRegex(rankscope.RecordingError, "steps"):
            self.record(cnn(), run="b", plan=plan)


class Spectra(unittest.TestCase):
    """agree with a full decomposition in float64, where the values carry digits."""

    def check(self, matrix: torch.Tensor) -> None:
        (spectra,) = rankscope._spectra([matrix])
        exact = matrix.double()
        for variant, reference in (("centered", exact - exact.mean(0)), ("raw", exact)):
            fields = spectra.fields(variant)
            values = torch.linalg.svdvals(reference)
            reliable = fields["reliable"]
            found = torch.tensor(fields["singularValues"][:reliable], dtype=torch.float64)
            self.assertTrue(torch.allclose(found, values[:reliable], rtol=1e-5, atol=0), variant)
            self.assertTrue((values[reliable:] <= 2e-6 * values[0]).all(), variant)
        rows = (exact - exact.mean(0)).square().sum(1)
        self.assertAlmostEqual(fields["rowFourthMoment"] / rows.square().sum().item(), 1, 9)

    def test_any_shape(self) -> None:
        torch.manual_seed(0)
        for shape in ((30, 7), (7, 30), (12, 12), (5, 1), (2, 3)):
            with self.subTest(shape):
                self.check(torch.randn(shape))

    def test_a_mean_that_dominates(self) -> None:
        torch.manual_seed(0)
        self.check(1e4 + torch.randn(40, 10))

    def test_any_scale(self) -> None:
        torch.manual_seed(0)
        self.check(1e-30 * torch.randn(20, 6))
        self.check(1e30 * torch.randn(20, 6))

    def test_columns_that_do_not_vary(self) -> None:
        (spectra,) = rankscope._spectra([torch.full((6, 3), 0.1)])
        self.assertEqual(spectra.fields("centered"), {"singularValues": [0.0] * 3, "reliable": 0, "rowFourthMoment": 0.0})

    def test_as_many_rows_as_columns_lose_one_to_the_mean(self) -> None:
        torch.manual_seed(0)
        (spectra,) = rankscope._spectra([torch.randn(6, 9)])
        self.assertEqual(spectra.centered[-1], 0)


class Resumed(RecorderTest):
    """A run that was interrupted is gone on with; where training goes back, the log does."""

    def test_from_a_checkpoint_of_the_loop(self) -> None:
        class Killed(Exception):
            pass

        def plain():
            torch.manual_seed(1)
            return nn.Sequential(nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 4))

        model, saved = plain(), {}
        optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
        options = {"evaluate": HELD_OUT, "evaluate_every": 10}

        def until_17(step, loss):
            r.step(step, loss)
            if step == 9:
                saved.update(model={k: v.clone() for k, v in model.state_dict().items()},
                             optimizer=__import__("copy").deepcopy(optimizer.state_dict()))
            if step == 17:
                raise Killed

        with self.assertRaises(Killed), self.record(model, **options) as r:
            train(model, range(30), until_17, optimizer)
        self.assertEqual(self.steps(), [0, 5, 10, 15])
        self.assertFalse(any("end" in record for record in self.log()))

        model = plain()
        model.load_state_dict(saved["model"])
        optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
        optimizer.load_state_dict(saved["optimizer"])
        with self.record(model, **options) as r:
            train(model, range(10, 30), r.step, optimizer)
        model = plain()
        with self.record(model, run="b", **options) as r:
            train(model, range(30), r.step)
        first, second = ([{**record, "id": ""} for record in self.log(run)[:-1]] for run in "ab")
        self.assertEqual(first, second)

    def test_back_in_one_process(self) -> None:
        model = cnn()
        with self.record(model, evaluate=HELD_OUT, evaluate_every=10, weights=5, plan=self.plan([3, 12])) as r:
            train(model, range(13), r.step)
            self.assertEqual(self.steps(), [0, 5, 10])
            self.assertEqual(len(list((self.study / "checkpoints" / "a").iterdir())), 2)
            train(model, range(8, 10), r.step)
            self.assertEqual(self.steps(), [0, 5])
            self.assertEqual(len(list((self.study / "checkpoints" / "a").iterdir())), 1)
            train(model, range(10, 16), r.step)
        self.assertEqual(self.steps(), [0, 5, 10, 15])
        self.assertEqual([r["evaluation"]["step"] for r in self.log() if "evaluation" in r], [0, 10, 15])

    def plan(self, steps) -> Path:
        path = self.study.parent / "plan.json"
        path.write_text(json.dumps({"steps": steps}))
        return path

    def test_what_is_torn_is_left_out(self) -> None:
        model = cnn()
        r = self.record(model)
        train(model, range(11), r.step)
        r.close()
        path = self.study / "runs" / "a.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        for kept in (b"".join(lines[:-1]), b"".join(lines)[:-30]):  # killed before, or within, the last spectra
            path.write_bytes(kept)
            with self.record(model) as r:
                train(model, range(11, 16), r.step)
            self.assertEqual(self.steps(), [0, 5, 15])
            path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))  # as if it had not ended

    def test_damage_is_refused(self) -> None:
        model = cnn()
        r = self.record(model)
        train(model, range(11), r.step)
        r.close()
        path = self.study / "runs" / "a.jsonl"
        path.write_bytes(path.read_bytes().replace(b'"loss":', b'"losf":', 1))
        with self.assertRaisesRegex(rankscope.RecordingError, "line 2: damaged"):
            self.record(model)

    def test_an_ended_run_is_not_begun_anew_by_itself(self) -> None:
        model = cnn()
        with self.record(model) as r:
            train(model, range(6), r.step)
        with self.assertRaisesRegex(rankscope.RecordingError, "has ended; allowed: .*resume=True"):
            self.record(model)
        with self.record(model, resume=True) as r:
            train(model, range(6, 11), r.step)
        self.assertEqual(self.steps(), [0, 5, 10])
        with self.record(model, overwrite=True) as r:
            train(model, range(2), r.step)
        self.assertEqual(self.steps(), [0])

    def test_other_layers_are_refused(self) -> None:
        model = cnn()
        r = self.record(model)
        r.step(0)
        r.close()
        r = self.record(model, layers=["0"])
        with self.assertRaisesRegex(rankscope.RecordingError, "other layers"):
            r.step(1)
        r.close()


class Layers(RecorderTest):
    """are the modules that compute something, in the order in which they do."""

    def names(self, model: nn.Module, **options) -> list[str]:
        with self.record(model, **options) as r:
            r.step(0)
        return [layer["name"] for layer in self.log()[0]["layers"]]

    def test_chosen_by_name_pattern_or_function(self) -> None:
        model = nn.Sequential(nn.Flatten(), nn.Linear(64, 8), nn.ReLU(), nn.Linear(8, 4))
        self.assertEqual(self.names(model, layers=["1", "2"]), ["1", "2"])
        self.assertEqual(self.names(model, layers="*", overwrite=True), ["0", "1", "2", "3"])
        self.assertEqual(self.names(model, layers=lambda name, module: isinstance(module, nn.ReLU), overwrite=True), ["2"])
        with self.assertRaisesRegex(rankscope.RecordingError, "'fc' is no module; allowed: 0, 1, 2, 3"):
            self.record(model, layers=["fc"], overwrite=True)

    def test_of_a_transformer_without_its_fused_path(self) -> None:
        block = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True)

        class Encoder(nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.embed, self.blocks, self.head = nn.Embedding(30, 16), nn.TransformerEncoder(block, 2), nn.Linear(16, 4)

            def forward(self, tokens):
                return self.head(self.blocks(self.embed(tokens)).mean(1))

        tokens = torch.randint(0, 30, (40, 6))
        names = self.names(Encoder(), probe=tokens)
        inner = [f"blocks.layers.{i}.{part}" for i in range(2) for part in ("self_attn", "linear1", "linear2")]
        self.assertEqual(names, ["embed", *inner, "head"])
        layers = self.log()[0]["layers"]
        self.assertEqual([layer["kind"] for layer in layers][:3], ["embedding", "attention-output", "linear"])
        self.assertEqual(layers[1]["pooling"], "batch × feature means")
        with self.record(Encoder(), run="rows", probe=tokens, positions_as_rows=True, rows=50) as r:
            r.step(0)
        self.assertEqual([layer["samples"] for layer in self.log("rows")[0]["layers"]], [50] * 7 + [40])

    def test_computed_several_times_are_several(self) -> None:
        class Twice(nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.same = nn.Linear(64, 64)

            def forward(self, x):
                return self.same(self.same(x.flatten(1)))

        self.assertEqual(self.names(Twice()), ["same", "same#2"])

    def test_given_by_name(self) -> None:
        """as `activations=lambda model, probe: model.run_with_cache(probe)[1]` gives them."""
        found = self.names(cnn(), activations=lambda model, probe: {"blocks.0.hook": probe, "mean": probe.mean((2, 3))},
                           kinds={"mean": "summary"})
        self.assertEqual(found, ["blocks.0.hook", "mean"])
        self.assertEqual([layer["kind"] for layer in self.log()[0]["layers"]], ["other", "summary"])

    def test_none_at_all(self) -> None:
        with self.assertRaisesRegex(rankscope.RecordingError, "has no Linear"):
            self.record(nn.ReLU())

    def test_inputs_by_name(self) -> None:
        class Named(nn.Linear):
            def forward(self, *, images, scale):
                return super().forward(images.flatten(1) * scale)

        self.assertEqual(self.names(nn.ModuleDict({"a": Named(64, 4)})["a"], probe={"images": PROBE, "scale": 2.0},
                                    layers=lambda name, module: True, activations=lambda m, p: {"out": m(**p)}), ["out"])


class Wrapped(RecorderTest):
    """networks are recorded as what is inside."""

    def test_compiled(self) -> None:
        class OptimizedModule(nn.Module):  # as torch.compile returns it, which PyTorch 1.13 does not have
            def __init__(self, inner: nn.Module) -> None:
                super().__init__()
                self._orig_mod = inner

            def forward(self, x):
                return self._orig_mod(x)

        model = cnn()
        model[0] = OptimizedModule(model[0])
        with self.record(OptimizedModule(nn.DataParallel(model)), weights=1) as r:
            r.step(0)
        header = self.log()[0]
        self.assertEqual([layer["name"] for layer in header["layers"]], ["0", "5", "9"])
        self.assertEqual([subject["name"] for subject in header["tracks"][0]["subjects"]], ["0.weight", "5.weight", "9.weight"])

    @unittest.skipUnless(hasattr(torch, "compile"), "this PyTorch has no torch.compile")
    def test_really_compiled(self) -> None:
        """from outside, in place, or in a part: training is the same to the bit, and every layer is seen."""

        def compiled(how: str) -> nn.Module:
            torch._dynamo.reset()
            model = cnn()
            del model[4]  # draws from Python's generator
            if how == "in place":
                model.compile(backend="eager")
            elif how == "part":
                model[0] = torch.compile(model[0], backend="eager")
            return torch.compile(model, backend="eager") if how == "outside" else model

        for how in ("outside", "in place", "part"):
            for probe in (None, PROBE):
                with self.subTest(how, probe=probe is not None), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    losses: list[list[float]] = [[], []]
                    torch.manual_seed(0)
                    train(compiled(how), range(6), lambda step, loss: losses[0].append(loss.item()))
                    torch.manual_seed(0)
                    model = compiled(how)
                    with self.record(model, probe=probe, every=2, overwrite=True) as r:
                        train(model, range(6), lambda step, loss: (losses[1].append(loss.item()), r.step(step, loss)))
                    self.assertEqual(losses[0], losses[1])
                    self.assertEqual([layer["name"] for layer in self.log()[0]["layers"]], ["0", "4", "8"])

    @unittest.skipUnless(torch.distributed.is_available() and torch.distributed.is_gloo_available()
                         if hasattr(torch.distributed, "is_gloo_available") else torch.distributed.is_available(),
                         "this PyTorch has no gloo")
    def test_distributed_by_rank_0_alone(self) -> None:
        context = multiprocessing.get_context("spawn")
        rendezvous = f"file://{self.study.parent / 'rendezvous'}"
        ranks = [context.Process(target=distributed_rank, args=(rank, rendezvous, str(self.study))) for rank in range(2)]
        for process in ranks:
            process.start()
        for process in ranks:
            process.join(120)
            self.assertEqual(process.exitcode, 0)
        self.assertEqual(self.steps(), [0, 5])
        self.assertEqual(os.listdir(self.study / "runs"), ["a.jsonl"])


def distributed_rank(rank: int, rendezvous: str, study: str) -> None:
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=rendezvous, rank=rank, world_size=2)
    torch.manual_seed(0)
    model = nn.parallel.DistributedDataParallel(nn.Sequential(nn.Flatten(), nn.Linear(64, 4)))
    with rankscope.record(model, study, run="a", probe=PROBE, every=5, quiet=True) as r:
        train(model, range(7), r.step)
    torch.distributed.barrier()


class Study(RecorderTest):
    """folders are shared by any number of processes."""

    def manifest(self) -> dict:
        return json.loads((self.study / "manifest.json").read_text())

    def test_runs_of_several_processes_join(self) -> None:
        code = (
            "import sys; sys.path[:0] = [sys.argv[3], sys.argv[4]]\n"
            "import torch, rankscope, networks; torch.set_num_threads(1)\n"
            "with rankscope.record(networks.cnn(), sys.argv[1], run=sys.argv[2], probe=networks.digits(20)[0], quiet=True) as r:\n"
            "    for step in range(3): r.step(step)\n"
        )
        here = Path(__file__).resolve().parent
        runs = [f"seed{i}" for i in range(4)]
        processes = [
            subprocess.Popen([sys.executable, "-c", code, str(self.study), run, str(here.parent), str(here)]) for run in runs
        ]
        self.assertEqual([process.wait() for process in processes], [0] * 4)
        self.assertEqual(sorted(self.manifest()["runs"]), runs)
        self.assertEqual(sorted(self.manifest()["logs"]), runs)
        self.assertEqual(sorted(os.listdir(self.study)), ["manifest.json", "runs"])

    def test_a_run_has_one_recorder(self) -> None:
        first = self.record(cnn())
        with self.assertRaisesRegex(rankscope.RecordingError, rf"is being recorded by process {os.getpid()} on "):
            self.record(cnn())
        first.close()
        self.record(cnn()).close()

    def test_what_a_killed_process_held_is_taken_over(self) -> None:
        first = self.record(cnn())
        first.step(0)
        claim = self.study / "claims" / "a.json"
        record = json.loads(claim.read_text())
        claim.write_text(json.dumps({**record, "pid": 2**22 - 1}) + "\n")
        with self.record(cnn()) as second:
            second.step(5)
        self.assertEqual(self.steps(), [0, 5])
        self.assertFalse((self.study / "claims").exists())

    def test_what_it_writes_has_names_that_nobody_foresees(self) -> None:
        names = {rankscope._temporary(self.study / "manifest.json").name for _ in range(10)}
        self.assertEqual(len(names), 10)
        for name in names:
            self.assertRegex(name, r"^manifest\.json\.rankscope-[0-9a-f]{16}\.tmp$")
        # Where names are foreseen all the same, e.g. with a link, nothing is written through it.
        precious = self.study.parent / "precious"
        precious.write_bytes(b"precious")
        self.study.mkdir()
        for taken in ("manifest.json", "claims/.a"):
            link = self.study / f"{taken}.rankscope-{'0' * 16}.tmp"
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(precious)
        with mock.patch("secrets.token_hex", lambda size: "0" * 2 * size):
            with self.assertRaises(FileExistsError):
                rankscope._write_atomically(self.study / "manifest.json", b"mine")
            with self.assertRaises(FileExistsError):
                rankscope._Claim.take(self.study, "a")
        self.assertEqual(precious.read_bytes(), b"precious")

    def test_what_killed_processes_left_goes_once_nobody_can_be_writing_it(self) -> None:
        ends = {"old": -rankscope._STALE - 60, "young": -rankscope._STALE + 60}
        left: dict[str, list[Path]] = {"old": [], "young": []}
        for place in ("manifest.json", "runs/a.jsonl", "checkpoints/a/step_00000.safetensors", "claims/.a"):
            (self.study / place).parent.mkdir(parents=True, exist_ok=True)
            for age, ago in ends.items():
                path = rankscope._temporary(self.study / place)
                path.write_bytes(b"half")
                os.utime(path, (path.stat().st_mtime + ago,) * 2)
                left[age].append(path)
        other = self.study / "notes.0123456789abcdef.tmp"
        other.write_bytes(b"mine")
        os.utime(other, (0, 0))
        plan = self.study.parent / "plan.json"
        plan.write_text(json.dumps({"steps": [0]}))
        with self.record(nn.Sequential(nn.Flatten(), nn.Linear(64, 4)), plan=plan) as r:
            r.step(0)
        self.assertEqual([path for path in left["old"] if path.exists()], [])
        self.assertEqual([path for path in left["young"] if not path.exists()], [])
        self.assertTrue(other.exists())

    def test_a_study_that_was_trained_is_left_alone(self) -> None:
        with self.record(cnn()) as r:
            r.step(0)
        study = rankscope._Study(self.study, None)
        study._write({**study._read(), "origin": "trained"})
        with self.assertRaisesRegex(rankscope.RecordingError, "was trained; allowed: a new folder"):
            self.record(cnn(), run="b")

    def test_a_manifest_that_was_changed_is_refused(self) -> None:
        with self.record(cnn()) as r:
            r.step(0)
        path = self.study / "manifest.json"
        path.write_text(path.read_text().replace("recorded", "reworded"))
        with self.assertRaisesRegex(rankscope.RecordingError, "damaged, or changed by hand"):
            self.record(cnn(), run="b")

    def test_names_that_leave_the_folder_are_refused(self) -> None:
        for run in ("../x", ".x", "a/b", "", "con", "x" * 200):
            with self.subTest(run), self.assertRaisesRegex(rankscope.RecordingError, "allowed: letters"):
                self.record(cnn(), run=run)


class Callbacks(RecorderTest):
    """of Hugging Face's and Lightning's trainers, called as those do."""

    def test_hugging_face(self) -> None:
        stub = types.SimpleNamespace(TrainerCallback=object)
        model = nn.Sequential(nn.Flatten(), nn.Linear(64, 4))
        with mock.patch.dict(sys.modules, {"transformers": stub}):
            callback = rankscope.trainer_callback(self.study, run="a", probe=PROBE, every=5, quiet=True)
        args, state = types.SimpleNamespace(seed=42), types.SimpleNamespace(global_step=0, max_steps=10)
        callback.on_train_begin(args, state, None, model=model)
        for state.global_step in range(1, 11):
            callback.see_loss(model, (), types.SimpleNamespace(loss=torch.tensor(2.0)))
            callback.on_step_end(args, state, None)
        callback.on_train_end(args, state, None)
        self.assertEqual(self.steps(), [1, 5, 10])
        self.assertEqual((self.log()[0]["seed"], self.log()[0]["plannedSteps"]), (42, 11))
        self.assertEqual(self.log()[1]["loss"], 2)

    def test_lightning(self) -> None:
        stub = types.ModuleType("lightning.pytorch")
        stub.Callback = object
        model = nn.Sequential(nn.Flatten(), nn.Linear(64, 4))
        with mock.patch.dict(sys.modules, {"lightning": types.ModuleType("lightning"), "lightning.pytorch": stub}):
            callback = rankscope.lightning_callback(self.study, run="a", probe=PROBE, every=5, quiet=True)
        trainer = types.SimpleNamespace(global_step=0)
        callback.on_train_start(trainer, model)
        for batch in range(20):  # two batches an update
            trainer.global_step = (batch + 1) // 2
            callback.on_train_batch_end(trainer, model, {"loss": torch.tensor(1.5)}, None, batch)
        callback.on_train_end(trainer, model)
        self.assertEqual(self.steps(), [1, 5, 10])


def load_tests(loader, tests, pattern):
    tests.addTests(doctest.DocTestSuite(rankscope))
    return tests


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
