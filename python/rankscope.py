"""Record how the representations of a PyTorch network change while it learns, for rankscope to analyze.

One file that needs nothing but torch: copy it beside your training script, or `pip install ./python`.

    import rankscope

    with rankscope.record(model, "my-study", run="mine", seed=0, probe=held_out[:160]) as r:
        for step, (x, y) in enumerate(batches):
            loss = train_on(x, y)
            r.step(step, loss)

Then `rankscope analyze my-study` (or report, show, verify, check-log): the folder is a study like any other. At every
20th step the network is run once more on the probe, and the singular values of each layer's output are written down.
Training is the same, to the bit, with and without it: modes, gradients, buffers and random numbers are left as they
were. What the files hold is docs/log-format.md; everything else about this file, docs/pytorch.md.
"""

from __future__ import annotations

import contextlib
import ctypes
import fnmatch
import hashlib
import inspect
import json
import math
import os
import platform
import random
import re
import secrets
import socket
import stat
import sys
import time
import warnings
import weakref
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Optional, Union

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

__version__ = "0.1.0"
__all__ = ["Recorder", "RecordingError", "lightning_callback", "record", "trainer_callback"]


class RecordingError(ValueError):
    """What cannot be recorded as asked, and what is allowed."""


# ---------------------------------------------------------------------------------------------------------------------
# Layers: which modules are measured, and how their outputs become matrices
# ---------------------------------------------------------------------------------------------------------------------

Select = Union[None, Iterable[str], Callable[[str, nn.Module], bool]]

_CONVOLUTION = nn.modules.conv._ConvNd  # noqa: SLF001 - the class that all of PyTorch's convolutions share
_EMBEDDING = (nn.Embedding, nn.EmbeddingBag)
_WRAPPERS = frozenset({"_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"})


class _Layer(NamedTuple):
    """A measured layer as the log's header names it; `samples` × `features` is the matrix that is measured."""

    name: str
    kind: str
    depth: int
    samples: int
    features: int
    pooling: str


def _kind(module: nn.Module) -> Optional[str]:
    """What a module computes, by its class; None for what is not measured unless asked for."""
    name = type(module).__name__
    if isinstance(module, nn.MultiheadAttention) or name.endswith("Attention"):
        return "attention-output"
    if isinstance(module, nn.Linear) or name == "Conv1D":  # the latter: Hugging Face's name for a Linear, transposed
        return "linear"
    if isinstance(module, _CONVOLUTION):
        return "convolution"
    return "embedding" if isinstance(module, _EMBEDDING) else None


def _plain_name(name: str) -> str:
    """Without what wrappers inside the network (a part that is compiled, say) put into it."""
    return ".".join(part for part in name.split(".") if part not in _WRAPPERS)


def _selected(model: nn.Module, layers: Select) -> dict[str, nn.Module]:
    """The modules to measure by name, each once."""
    named = {_plain_name(name): module for name, module in model.named_modules() if name != ""}
    if layers is None:
        return {name: module for name, module in named.items() if _kind(module) is not None}
    if callable(layers):
        return {name: module for name, module in named.items() if layers(name, module)}
    found: dict[str, nn.Module] = {}
    for pattern in [layers] if isinstance(layers, str) else layers:
        matching = fnmatch.filter(named, pattern)
        if not matching:
            raise RecordingError(f"layers: {pattern!r} is no module; allowed: {', '.join(list(named)[:50])}")
        found.update({name: named[name] for name in matching})
    return {name: module for name, module in named.items() if name in found}


def _family(model: nn.Module) -> str:
    modules = list(model.modules())
    if any(_kind(module) == "attention-output" for module in modules):
        return "transformer"
    if any(isinstance(module, _CONVOLUTION) for module in modules):
        return "cnn"
    if any(isinstance(module, nn.RNNBase) for module in modules):
        return "recurrent"
    return "mlp" if any(isinstance(module, nn.Linear) for module in modules) else "other"


def _first_tensor(value: Any) -> Optional[Tensor]:
    """The first tensor of floating numbers in a module's output: alone, in a tuple, or in a mapping."""
    if isinstance(value, Tensor):
        return value if value.is_floating_point() and value.dim() > 0 else None
    entries = value.values() if isinstance(value, Mapping) else value if isinstance(value, (tuple, list)) else ()
    return next((found for found in map(_first_tensor, entries) if found is not None), None)


_CACHED = 2**20
"""Bytes of float64 that stay in a processor's cache while they are summed."""


def _position_means(output: Tensor) -> Tensor:
    """Means over the last axis, in float64 where the device has it.

    On the processor in blocks of examples: PyTorch's own conversion while it sums takes four times as long.
    """
    if output.device.type == "mps":
        return output.mean(2)
    if output.device.type != "cpu" or output.numel() == 0:
        return output.mean(2, dtype=torch.float64)
    block = max(1, _CACHED // (8 * output[0].numel()))
    return torch.cat([part.to(torch.float64).mean(2) for part in output.split(block)])


class _Pooling:
    """Turns a layer's output into a matrix [samples, features], as rankscope's own measurement does."""

    def __init__(self, examples: int, positions_as_rows: bool, rows: int, seed: int) -> None:
        self._examples, self._positions_as_rows, self._rows, self._seed = examples, positions_as_rows, rows, seed
        self._kept: dict[int, Tensor] = {}

    def __call__(self, output: Tensor, channels_first: bool) -> tuple[Tensor, str]:
        output = output.detach()
        shape, examples = output.shape, self._examples
        if output.dim() == 1:
            output, shape = output[:, None], (*shape, 1)
        if shape[0] != examples and len(shape) > 2 and shape[1] == examples:
            output = output.transpose(0, 1)  # [tokens, batch, features], as attention has it by default
        elif shape[0] != examples:  # no axis of examples: a table of positions, or patches of all images in one
            return self._keep(output.reshape(-1, shape[-1]), "rows × features")
        if len(shape) == 2:
            return output, "batch × units"
        many, feature = ("positions", "channel") if channels_first else ("tokens", "feature")
        output = output.flatten(2) if channels_first else output.flatten(1, -2).transpose(1, 2)
        if self._positions_as_rows:
            return self._keep(output.transpose(1, 2).flatten(0, 1), f"batch · {many} × {feature}s")
        return _position_means(output), f"batch × {feature} means"

    def _keep(self, matrix: Tensor, pooling: str) -> tuple[Tensor, str]:
        """At most so many rows, the same ones at every measurement."""
        count = len(matrix)
        if count <= self._rows:
            return matrix, pooling
        if count not in self._kept:
            order = torch.randperm(count, generator=torch.Generator().manual_seed(self._seed))
            self._kept[count] = order[: self._rows].sort().values
        return matrix[self._kept[count].to(matrix.device)], f"{self._rows} of {pooling}"


# ---------------------------------------------------------------------------------------------------------------------
# Spectra: singular values by Gram matrix, in float64 on the device
# ---------------------------------------------------------------------------------------------------------------------

_RELIABLE_FROM = 1e-6
"""Singular values below this share of the largest are lost to rounding in the Gram matrix."""


class _Spectra(NamedTuple):
    """Singular values of one matrix, descending, of centered and of raw columns; None where it was not finite."""

    centered: Optional[list[float]]
    raw: Optional[list[float]]
    row_fourth_moment: float

    def fields(self, variant: str) -> Optional[dict[str, Any]]:
        """What a log says of one of them."""
        values: Optional[list[float]] = getattr(self, variant)
        if values is None or not math.isfinite(self.row_fourth_moment) or not all(map(math.isfinite, values)):
            return None
        reliable = 0 if values[0] == 0 else sum(value >= _RELIABLE_FROM * values[0] for value in values)
        return {"singularValues": values, "reliable": reliable, "rowFourthMoment": self.row_fourth_moment}


class _Gram(NamedTuple):
    """Both Gram matrices [2, order, order] over the shorter side, of the matrix divided by `unit`."""

    products: Tensor
    unit: Tensor
    row_fourth_moment: Tensor
    finite: Tensor
    last_is_zero: bool


def _gram(matrix: Tensor) -> _Gram:
    """The matrix is centered before products are summed: the other way round digits cancel where the mean dominates."""
    matrix = matrix.detach()
    if matrix.device.type == "mps":  # knows no float64
        matrix = matrix.cpu()
    x = matrix.to(torch.float64)
    finite = torch.isfinite(x).all()
    x = torch.where(finite, x, torch.zeros_like(x))
    largest = x.abs().max()
    # A power of two divides exactly and keeps fourth powers within range.
    exponent = torch.where(largest > 0, torch.frexp(largest).exponent - 1, 0)
    unit = torch.ldexp(torch.ones_like(largest), exponent)
    x = x / unit
    # As the first row plus the mean difference from it: a constant column is centered to exactly zero.
    mean = x[0] + (x - x[0]).mean(0)
    x = x - mean
    squares, projections = (x * x).sum(1), x @ mean
    samples, features = x.shape
    if samples < features:
        centered = x @ x.T
        raw = centered + (projections[:, None] + projections[None, :]) + mean @ mean
    else:
        centered = x.T @ x
        raw = centered + samples * torch.outer(mean, mean)
    return _Gram(torch.stack([centered, raw]), unit, (squares * squares).sum(), finite, samples <= features)


def _spectra(matrices: Sequence[Tensor]) -> list[_Spectra]:
    """The spectra of many matrices, with one wait for the device: Gram matrices of one order are taken together."""
    grams = [_gram(matrix) for matrix in matrices]
    orders: dict[tuple[torch.device, int], list[int]] = {}
    for index, gram in enumerate(grams):
        orders.setdefault((gram.products.device, gram.products.shape[-1]), []).append(index)
    found: list[Optional[_Spectra]] = [None] * len(grams)
    for indices in orders.values():
        values = torch.linalg.eigvalsh(torch.cat([grams[i].products for i in indices])).flip(-1).clamp(min=0).sqrt()
        units = torch.stack([grams[i].unit for i in indices])
        values = values.reshape(len(indices), 2, -1) * units[:, None, None]
        facts = [torch.stack([grams[i].row_fourth_moment * grams[i].unit**4, grams[i].finite]) for i in indices]
        rows = torch.cat([torch.stack(facts), values.flatten(1)], 1).cpu().tolist()
        for i, (fourth, finite, *both) in zip(indices, rows):
            centered, raw = both[: len(both) // 2], both[len(both) // 2 :]
            if grams[i].last_is_zero:  # centered rows sum to zero
                centered[-1] = 0.0
            found[i] = _Spectra(centered, raw, fourth) if finite else _Spectra(None, None, math.nan)
    return [spectra for spectra in found if spectra is not None]


# ---------------------------------------------------------------------------------------------------------------------
# Running the network once more without leaving a trace
# ---------------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _undisturbed(model: nn.Module, seed: int, autocast: Optional[torch.dtype]) -> Iterator[None]:
    """In evaluation mode, without gradients, with random numbers of its own; everything is as before afterwards.

    Modes are set one by one, not by `model.eval()`, which some networks override with side effects.
    """
    modes = [(module, module.training) for module in model.modules()]
    buffers = [(buffer, buffer._version, buffer.clone()) for buffer in model.buffers()]  # noqa: SLF001
    devices = sorted({p.device.index for p in model.parameters() if p.device.type == "cuda"})
    device = next((p.device.type for p in model.parameters()), "cpu")
    python_random, numpy = random.getstate(), sys.modules.get("numpy")
    numpy_random = numpy.random.get_state() if numpy is not None else None
    mps_random = torch.mps.get_rng_state() if device == "mps" else None
    with contextlib.ExitStack() as stack:
        stack.enter_context(torch.random.fork_rng(devices))
        stack.enter_context(torch.no_grad())
        if device in ("cpu", "cuda"):
            chosen = {} if autocast is None else {"dtype": autocast}
            stack.enter_context(torch.autocast(device, enabled=autocast is not None, **chosen))
        stack.enter_context(_every_module_called(model))
        try:
            torch.default_generator.manual_seed(seed)
            for index in devices:
                torch.cuda.default_generators[index].manual_seed(seed)
            random.seed(seed)
            for module, _ in modes:
                module.training = False
            yield
        finally:
            for module, mode in modes:
                module.training = mode
            for buffer, version, before in buffers:
                if buffer._version != version:  # noqa: SLF001
                    buffer.copy_(before)
            random.setstate(python_random)
            if numpy_random is not None:
                numpy.random.set_state(numpy_random)
            if mps_random is not None:
                torch.mps.set_rng_state(mps_random)


@contextlib.contextmanager
def _every_module_called(model: nn.Module) -> Iterator[None]:
    """Hooks see every module: neither compiled code nor the fused path of transformer blocks passes over any."""
    compiled = [(module, module.__dict__["_compiled_call_impl"]) for module in model.modules()
                if module.__dict__.get("_compiled_call_impl") is not None]
    fused = [(module, module.activation_relu_or_gelu) for module in model.modules()
             if isinstance(module, nn.TransformerEncoderLayer) and hasattr(module, "activation_relu_or_gelu")]
    stance = getattr(getattr(torch, "compiler", None), "set_stance", None)
    with stance("force_eager") if stance is not None and _has_compiled_parts(model) else contextlib.nullcontext():
        for module, _ in compiled:
            module._compiled_call_impl = None  # noqa: SLF001
        for module, _ in fused:
            module.activation_relu_or_gelu = 0
        try:
            yield
        finally:
            for module, call in compiled:
                module._compiled_call_impl = call  # noqa: SLF001
            for module, was in fused:
                module.activation_relu_or_gelu = was


def _has_compiled_parts(model: nn.Module) -> bool:
    """Whether a part of the network is wrapped by `torch.compile`."""
    return any(hasattr(module, "_orig_mod") for module in model.modules())


def _unwrapped(model: nn.Module) -> nn.Module:
    """The network itself, out of `torch.compile`, DistributedDataParallel and DataParallel in any order."""
    while True:
        if hasattr(model, "_orig_mod"):
            model = model._orig_mod  # noqa: SLF001
        elif isinstance(model, (nn.parallel.DistributedDataParallel, nn.DataParallel)):
            model = model.module
        else:
            break
    if any(type(module).__name__ in ("FullyShardedDataParallel", "FSDPModule") for module in model.modules()):
        raise RecordingError("FullyShardedDataParallel is not supported: rank 0 holds a part of the weights only")
    return model


def _rank() -> int:
    distributed = torch.distributed
    return distributed.get_rank() if distributed.is_available() and distributed.is_initialized() else 0


# ---------------------------------------------------------------------------------------------------------------------
# The log: JSON Lines, every record numbered and with a checksum
# ---------------------------------------------------------------------------------------------------------------------

_RUN_ID = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[A-Z0-9_-](?:[A-Z0-9_.-]{0,126}[A-Z0-9_-])?", re.IGNORECASE | re.ASCII
)
_SEAL = re.compile(rb',"n":(\d{1,16}),"crc":"([0-9a-f]{8})"\}$')
_SPECTRA_STEP = re.compile(rb'\{"spectra":\{"step":(\d+),')


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class _Log:
    """One run's log. Whole lines are appended, so that a kill loses at most what is being written."""

    def __init__(self, path: Path, header: Mapping[str, Any], kept: Iterable[bytes] = ()) -> None:
        """:param kept: records that follow the header, of a log that is gone on with; it stays until they are written."""
        self.path, self.header = path, dict(header)
        self.last: dict[str, int] = {}
        """The highest step of the records of each kind: step, spectra, evaluation, event, track."""
        self._digest, self._records, self._seed = hashlib.sha256(), 0, 0
        with _written_whole(path) as file:
            file.write(self._line(_json(header).encode()))
            for record in kept:
                file.write(self._line(record))
        self._file = open(path, "ab", buffering=0)

    def write(self, *records: Mapping[str, Any]) -> None:
        self._file.write(b"".join(self._line(_json(record).encode()) for record in records))

    def end(self, reason: str) -> dict[str, Any]:
        """Writes the last line and closes.

        :returns: how many records stand before it, and their digest.
        """
        digest = {"records": self._records, "sha256": self._digest.hexdigest()}
        self.write({"end": {"reason": reason, "step": self.last.get("step"), **digest}})
        os.fsync(self._file.fileno())
        self.close()
        return digest

    def cut(self, step: int) -> _Log:
        """The log without what it says of this step and later ones."""
        if max(self.last.values(), default=-1) < step:
            return self
        self.close()
        return _Log(self.path, self.header, _records_before(self.path, step))

    def close(self) -> None:
        self._file.close()

    def _line(self, record: bytes) -> bytes:
        """The record's line: its number, and the CRC-32 of all before it, which starts from that of the header."""
        self._records += 1
        content = record[:-1] + b',"n":%d' % self._records
        crc = zlib.crc32(content, self._seed)
        if self._records == 1:
            self._seed = crc
        line = content + b',"crc":"%08x"}\n' % crc
        self._digest.update(line)
        kind, step = _step_of(record)
        if step is not None:
            self.last[kind] = max(step, self.last.get(kind, -1))
        return line


def _step_of(record: bytes) -> tuple[str, Optional[int]]:
    """What a record is, and of which step; spectra, the bulk of a log, are not parsed."""
    spectra = _SPECTRA_STEP.match(record)
    if spectra is not None:
        return "spectra", int(spectra[1])
    fields = json.loads(record)
    kind = next(iter(fields))
    return kind, fields["step"] if kind == "step" else fields[kind].get("step") if kind in _WITH_STEP else None


_WITH_STEP = ("spectra", "evaluation", "event", "track", "end")


def _read_records(path: Path) -> Iterator[bytes]:
    """The records of a log without their seals, the header first; a torn last line is left out.

    :raises RecordingError: if a line before the last is not what was written.
    """
    seed = 0
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            line = line[:-1]
            seal = _SEAL.search(line[-64:])
            content = line[: -len(b',"crc":"00000000"}')]
            crc = zlib.crc32(content, seed)
            if seal is None or int(seal[1]) != number or int(seal[2], 16) != crc:
                raise RecordingError(f"{path}, line {number}: damaged; rankscope verify says what is whole")
            if number == 1:
                seed = crc
            yield line[: -len(seal[0])] + b"}"


def _records_before(path: Path, step: float) -> list[bytes]:
    """The records of a log, without its header and its end, up to the first of this step or a later one."""
    kept: list[bytes] = []
    for number, record in enumerate(_read_records(path)):
        kind, at = _step_of(record)
        if number == 0:
            continue
        if kind == "end" or (at is not None and at >= step):
            break
        kept.append(record)
    # A kill may have come between a measurement and its spectra.
    return kept[:-1] if kept and _step_of(kept[-1])[0] == "step" else kept


# ---------------------------------------------------------------------------------------------------------------------
# The study: its manifest, and who records what
# ---------------------------------------------------------------------------------------------------------------------


_TEMPORARY = re.compile(r"\.rankscope-[0-9a-f]{16}\.tmp\Z")
_STALE = 7 * 24 * 3600.0
"""Seconds after which nobody is writing a file any more that was not written to."""
_swept: set[Path] = set()


def _temporary(path: Path) -> Path:
    """A name for what will take the place of this file: drawn, since processes of two machines may have one number."""
    return path.with_name(f"{path.name}.rankscope-{secrets.token_hex(8)}.tmp")


@contextlib.contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of this one once all of it is on the disk; others see all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path)
    # Created, not opened: nobody can have laid a link to elsewhere under its name.
    file = open(temporary, "xb")
    try:
        with file:
            _sweep(path.parent, os.fstat(file.fileno()).st_mtime)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _sweep(folder: Path, now: float) -> None:
    """Removes what processes that were killed were writing in a folder; once for each folder.

    :param now: by the clock of that file system, which every machine that shares it has in common.
    """
    place = folder.resolve()
    if place in _swept:
        return
    _swept.add(place)
    for name in filter(_TEMPORARY.search, os.listdir(place)):
        with contextlib.suppress(OSError):  # somebody else's, or another process was first
            found = (place / name).lstat()
            if stat.S_ISREG(found.st_mode) and now - found.st_mtime > _STALE:
                (place / name).unlink()


def _write_atomically(path: Path, content: bytes) -> None:
    with _written_whole(path) as file:
        file.write(content)


class _Study:
    """The folder that runs are recorded into, by any number of processes at once."""

    def __init__(self, folder: Path, title: Optional[str]) -> None:
        self.folder, self._title = folder, title or folder.resolve().name

    def log_path(self, run: str) -> Path:
        return self.folder / "runs" / f"{run}.jsonl"

    def check(self) -> None:
        """:raises RecordingError: if the folder holds a study that runs are not recorded into."""
        self._read()

    def note(self, run: str, digest: Optional[Mapping[str, Any]]) -> None:
        """Names the run in the manifest, with the digest of its log if that has ended; others wait meanwhile."""
        with _Claim.waited_for(self.folder, ".study"):
            manifest = self._read()
            if run not in manifest["runs"]:
                manifest["runs"].append(run)
            manifest["logs"].pop(run, None)
            if digest is not None:
                manifest["logs"][run] = digest
            self._write(manifest)

    def _read(self) -> dict[str, Any]:
        path = self.folder / "manifest.json"
        if not path.exists():
            return {
                "schemaVersion": 2,
                "tool": {"name": "rankscope.py", "version": __version__},
                "title": self._title,
                "origin": "recorded",
                "source": None,
                "settings": {},
                "machine": {"python": platform.python_version(), "torch": str(torch.__version__),
                            "platform": platform.platform()},
                "runs": [],
                "logs": {},
            }
        text = path.read_bytes().decode()
        sealed = re.search(r',\n  "crc": "([0-9a-f]{8})"\n\}\n$', text[-64:])
        if sealed is None or int(sealed[1], 16) != zlib.crc32(text[: -len(sealed[0])].encode()):
            raise RecordingError(f"{path}: damaged, or changed by hand; rankscope repair makes a study of what is whole")
        manifest = json.loads(text)
        if manifest.get("origin") != "recorded":
            raise RecordingError(f"{path}: the study was {manifest.get('origin')}; allowed: a new folder, or a recorded study")
        del manifest["crc"]
        return manifest

    def _write(self, manifest: Mapping[str, Any]) -> None:
        content = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False)[: -len("\n}")]
        text = f'{content},\n  "crc": "{zlib.crc32(content.encode()):08x}"\n}}\n'
        _write_atomically(self.folder / "manifest.json", text.encode())


class _Claim:
    """A claim on a run, or on the manifest: a file that one of any number of processes and machines creates.

    The protocol is that of `rankscope train` (docs/interruptions.md): made by a hard link, renewed by writing it again,
    void if its process is gone or silent for three minutes, and then succeeded, not removed.
    """

    SILENCE = 180.0
    RENEWAL = 20.0

    def __init__(self, folder: Path, name: str, content: bytes) -> None:
        self._folder, self._name, self._content, self._renewed = folder, name, content, time.monotonic()

    @classmethod
    def take(cls, study: Path, name: str) -> Union[_Claim, str]:
        """:returns: the claim, or who holds it."""
        folder, here = study / "claims", _this_process()
        for _ in range(1000):
            identity = secrets.token_hex(12)
            record = {"format": "rankscope claim", "of": name, "id": identity, **here,
                      "since": datetime.now(timezone.utc).isoformat()}
            content = (_json(record) + "\n").encode()
            own = _temporary(folder / f".{name}")
            folder.mkdir(parents=True, exist_ok=True)
            try:
                with open(own, "xb") as file:
                    file.write(content)
                now = own.stat().st_mtime
                _sweep(folder, now)
                last = next(reversed(cls._chain(folder, name)), None)
                if last is not None and not _is_abandoned(last, now, here):
                    return _holder(last)
                path = folder / f"{name}.json" if last is None else cls._after(folder, last.read_bytes())
                if not _create_exclusively(own, path, content):
                    continue
                newest = next(reversed(cls._chain(folder, name)), None)
                if newest is not None and newest.read_bytes() == content:
                    return cls(folder, name, content)
                path.unlink(missing_ok=True)  # what this was to succeed has been given up meanwhile
            except FileNotFoundError:  # another process has just removed the folder, or given its claim up
                continue
            finally:
                own.unlink(missing_ok=True)
                cls._remove_folder(folder)
        raise RecordingError(f"{folder / name}.json can be neither claimed nor read")

    @classmethod
    @contextlib.contextmanager
    def waited_for(cls, study: Path, name: str) -> Iterator[None]:
        """Holds a claim that is held for moments only."""
        while not isinstance(claim := cls.take(study, name), _Claim):
            time.sleep(0.02 + 0.05 * random.SystemRandom().random())
        try:
            yield
        finally:
            claim.release()

    def renew(self) -> None:
        """Tells others that the holder lives, if that is due."""
        if time.monotonic() - self._renewed < self.RENEWAL:
            return
        self._renewed = time.monotonic()
        last = next(reversed(self._chain(self._folder, self._name)), None)
        if last is None or last.read_bytes() != self._content:
            raise RecordingError(f"{self._name}: another process has taken the run over while this one was not heard of")
        with open(last, "r+b") as file:
            file.write(self._content)

    def release(self) -> None:
        chain = self._chain(self._folder, self._name)
        if not chain or chain[-1].read_bytes() != self._content:
            return
        for path in chain:
            path.unlink(missing_ok=True)
        self._remove_folder(self._folder)

    @classmethod
    def _chain(cls, folder: Path, name: str) -> list[Path]:
        """The claims made, from the first to the one that holds."""
        chain: list[Path] = []
        path = folder / f"{name}.json"
        while True:
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                return chain
            chain.append(path)
            path = cls._after(folder, content)

    @staticmethod
    def _after(folder: Path, content: bytes) -> Path:
        return folder / f".after-{hashlib.sha256(content).hexdigest()[:32]}.json"

    @staticmethod
    def _remove_folder(folder: Path) -> None:
        with contextlib.suppress(OSError):  # there are other claims, or another process was first
            folder.rmdir()


def _create_exclusively(own: Path, path: Path, content: bytes) -> bool:
    try:
        os.link(own, path)
        return True
    except FileExistsError:
        return False
    except (OSError, AttributeError, NotImplementedError) as error:
        if isinstance(error, FileNotFoundError):
            raise
    try:  # a file system without links
        with open(path, "xb") as file:
            file.write(content)
        return True
    except FileExistsError:
        return False


def _this_process() -> dict[str, Any]:
    pid, host = os.getpid(), socket.gethostname()
    table: Optional[str] = f"{sys.platform} {host}"
    if sys.platform == "linux":
        try:
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            table = f"{host} {boot} {os.readlink('/proc/self/ns/pid')}"
        except OSError:
            table = None
    return {"host": host, "processTable": table, "pid": pid, "started": _process_start(pid) or None}


def _process_start(pid: int) -> Union[str, None, bool]:
    """When a process started, in the system's own words; None where that is not told, False if there is none."""
    if sys.platform == "win32":  # where `os.kill` would end it
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it runs, as somebody else's
    if sys.platform != "linux":
        return None
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()
    except OSError:
        return None
    return False if fields[0] in "ZX" else fields[19]


def _is_abandoned(path: Path, now: float, here: Mapping[str, Any]) -> bool:
    record = _claim_record(path)
    if record is not None and record["processTable"] is not None and record["processTable"] == here["processTable"]:
        started = _process_start(record["pid"])
        if started is False:
            return True
        if started is not None and record["started"] is not None:
            return started != record["started"]
    return now - path.stat().st_mtime > _Claim.SILENCE


def _holder(path: Path) -> str:
    record = _claim_record(path)
    return "an unknown process" if record is None else f"process {record['pid']} on {record['host']}"


def _claim_record(path: Path) -> Optional[dict[str, Any]]:
    try:
        record = json.loads(path.read_bytes())
        return record if isinstance(record["pid"], int) and record["pid"] > 0 and "processTable" in record else None
    except (ValueError, KeyError, TypeError, FileNotFoundError):
        return None


# ---------------------------------------------------------------------------------------------------------------------
# Weights, evaluation, checkpoints
# ---------------------------------------------------------------------------------------------------------------------


class _Matrix(NamedTuple):
    """A weight matrix: a parameter of two or more axes, the later ones taken as one, or a part of it."""

    name: str
    parameter: nn.Parameter
    first_row: int
    rows: int
    columns: int

    def values(self) -> Tensor:
        rows = self.parameter.detach()[self.first_row : self.first_row + self.rows]
        return rows.reshape(self.rows, self.columns)


def _weight_matrices(model: nn.Module) -> list[_Matrix]:
    matrices = []
    for name, parameter in model.named_parameters():
        if parameter.dim() < 2 or not parameter.is_floating_point() or parameter.numel() == 0:
            continue
        name = _plain_name(name)
        # Attention has the weights of query, key and value in one parameter.
        parts = [".query", ".key", ".value"] if name.endswith("in_proj_weight") else [""]
        rows = parameter.shape[0] // len(parts)
        columns = parameter.numel() // parameter.shape[0]
        matrices += [_Matrix(name + part, parameter, i * rows, rows, columns) for i, part in enumerate(parts)]
    return matrices


_NumberOrReason = Union[float, str]


def _moved(before: Tensor, after: Tensor) -> tuple[_NumberOrReason, _NumberOrReason]:
    """‖after − before‖ / ‖before‖ and the cosine between both, in float64; or why there is none."""
    cpu = after.device.type == "mps"
    a, b = ((x.cpu() if cpu else x).to(torch.float64).flatten() for x in (before, after))
    difference = b - a
    square, other, product, changed = torch.stack([a @ a, b @ b, a @ b, difference @ difference]).tolist()
    if square == 0:
        return "the weights were all zero", "the weights were all zero"
    relative = math.sqrt(changed / square)
    if other == 0:
        return relative, "the weights are all zero"
    return relative, min(1.0, max(-1.0, product / math.sqrt(square) / math.sqrt(other)))


def _numbers(entries: Mapping[str, _NumberOrReason]) -> tuple[dict[str, Optional[float]], dict[str, str]]:
    """JSON has no NaN: what is not a finite number becomes null, with its reason beside it."""
    values: dict[str, Optional[float]] = {}
    undetermined: dict[str, str] = {}
    for name, entry in entries.items():
        if isinstance(entry, str) or not math.isfinite(entry):
            values[name], undetermined[name] = None, entry if isinstance(entry, str) else f"it is {entry}"
        else:
            values[name] = entry
    return values, undetermined


def _safetensors(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """A safetensors file of float32 whose metadata hold its own digest, taken with 64 zeros in its place."""
    header: dict[str, Any] = {"__metadata__": {**metadata, "sha256": "0" * 64}}
    parts, offset = [], 0
    for name, tensor in tensors.items():
        plain = tensor.detach().to("cpu", torch.float32).contiguous()
        data = ctypes.string_at(plain.data_ptr(), 4 * plain.numel()) if plain.numel() > 0 else b""
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        parts.append(data)
        offset += len(data)
    text = _json(header).encode()
    text += b" " * (-len(text) % 8)
    content = len(text).to_bytes(8, "little") + text + b"".join(parts)
    digest = hashlib.sha256(content).hexdigest().encode()
    return content.replace(b'"sha256":"' + b"0" * 64, b'"sha256":"' + digest, 1)


# ---------------------------------------------------------------------------------------------------------------------
# What is inside: heads, filters and units, with the names and values of `rankscope mechanisms`
# ---------------------------------------------------------------------------------------------------------------------

_MEASURES = {
    "attention": ("attention_entropy", "attention_specialization", "head_similarity", "attention_distance",
                  "previous_token_score", "first_token_score", "copying_score"),
    "filters": ("filter_orthogonality", "filter_diversity", "filter_frequency"),
    "units": ("selectivity_index", "discriminability", "mutual_information", "activation_sparsity", "treves_rolls",
              "dead_units", "class_variability", "class_mean_angles"),
}

_NONLINEARITIES = frozenset({
    torch.relu, torch.relu_, torch.Tensor.relu, torch.Tensor.relu_, nn.functional.relu, nn.functional.relu6,
    nn.functional.gelu, nn.functional.silu, nn.functional.elu, nn.functional.selu, nn.functional.leaky_relu,
    nn.functional.mish, nn.functional.hardswish, nn.functional.softplus, torch.tanh, torch.Tensor.tanh, torch.sigmoid,
    torch.Tensor.sigmoid, nn.functional.tanh, nn.functional.sigmoid,
})


class _Inside(TorchFunctionMode):
    """Sees, while a network runs, which nonlinearity follows a layer alone, and what `MultiheadAttention` attends to."""

    def __init__(self, pool: Callable[[Tensor, bool], tuple[Tensor, str]]) -> None:
        super().__init__()
        self.units: dict[str, Tensor] = {}
        """By layer `[examples, units]`, after the nonlinearity where one follows; of layers with positions the mean."""
        self.heads: dict[str, Tensor] = {}
        """By attention module `[examples, heads, queries, keys]`."""
        self.module = ""
        self._pool = pool
        self._outputs: dict[int, tuple[weakref.ref[Tensor], str, bool]] = {}

    def layer(self, name: str, output: Tensor, channels_first: bool) -> None:
        self._outputs[id(output)] = weakref.ref(output), name, channels_first
        self.units[name] = self._pool(output, channels_first)[0]

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if func is nn.functional.multi_head_attention_forward:
            names = inspect.signature(func).bind(*args, **kwargs).arguments
            output, weights = func(**{**names, "need_weights": True, "average_attn_weights": False})
            self.heads[self.module] = weights if weights.dim() == 4 else weights[None]
            if not names.get("need_weights", True):
                return output, None
            return output, weights.mean(-3) if names.get("average_attn_weights", True) else weights
        # A nonlinearity may change what it is given in place: what that was is asked before.
        known = self._outputs.get(id(args[0])) if args and isinstance(args[0], Tensor) else None
        follows = known is not None and known[0]() is args[0]
        result = func(*args, **kwargs)
        if known is not None and follows and func in _NONLINEARITIES:
            self.units[known[1]] = self._pool(result, known[2])[0]
        elif known is not None and follows and func in (nn.functional.batch_norm, torch.batch_norm):
            self._outputs[id(result)] = weakref.ref(result), known[1], known[2]
        return result


def _mean_of(parts: Tensor, known: Tensor, reason: str) -> _NumberOrReason:
    """Mean over the heads, filters or units that have a value."""
    return parts[known].mean().item() if bool(known.any()) else reason


def _measured_heads(probabilities: Tensor, value: Optional[Tensor], output: Optional[Tensor]) -> dict[str, _NumberOrReason]:
    """:param value, output: `[width, width]`, as `MultiheadAttention` stores them; None where they are not known."""
    p = probabilities.detach().cpu().to(torch.float64)
    heads, queries, keys = p.shape[1:]
    counts = ((p >= 0) & (p <= 1.001)).all(-1) & ((p.sum(-1) - 1).abs() <= 1e-3)
    if not bool(counts.any()):
        return dict.fromkeys(_MEASURES["attention"], "no row of attention is a distribution")
    # What a mask hides has a probability of exactly 0 everywhere.
    sees = ((p > 0) & counts[..., None]).flatten(0, 1).any(0)
    query, key = torch.arange(queries), torch.arange(keys)

    def over_rows(rows: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
        """Means over the rows of each head, and of which heads there are any."""
        taken = counts & which
        number = taken.sum((0, 2))
        return torch.where(taken, rows, torch.zeros_like(rows)).sum((0, 2)) / number, number > 0

    visible = sees.sum(-1)
    entropy, is_known = over_rows(-torch.special.xlogy(p, p).sum(-1) / visible.clamp(min=2).log(), visible >= 2)
    unit = p / torch.linalg.vector_norm(p, dim=-1, keepdim=True)
    pairs = []
    for a in range(heads):
        for b in range(a + 1, heads):
            both = counts[:, a] & counts[:, b]
            if bool(both.any()):
                pairs.append((unit[:, a] * unit[:, b]).sum(-1)[both].mean())

    def largest(rows: tuple[Tensor, Tensor], reason: str) -> _NumberOrReason:
        return rows[0][rows[1]].max().item() if bool(rows[1].any()) else reason

    before, first = (query - 1).clamp(0, keys - 1), sees[:, 0] & (query > 0)
    previous = p.gather(-1, before[:, None].expand(*p.shape[:3], 1))[..., 0]
    distance = (p * (query[:, None] - key).abs()).sum(-1)
    copying: _NumberOrReason = "value and output weights are not found under PyTorch’s names"
    if value is not None and output is not None:
        v, o = (w.detach().cpu().to(torch.float64) for w in (value, output))
        size = len(v) // heads
        parts = [torch.linalg.eigvals(v[i : i + size] @ o[:, i : i + size]) for i in range(0, size * heads, size)]
        shares = torch.stack([part.real.sum() / part.abs().sum() for part in parts])
        copying = largest((shares, shares.isfinite()), "the head moves nothing: its circuit is zero")
    return {
        "attention_entropy": _mean_of(entropy, is_known, "no row of this head is a distribution over two or more keys"),
        "attention_specialization": entropy[is_known].std().item() if is_known.sum() > 1 else "fewer than two heads",
        "head_similarity": torch.stack(pairs).mean().item() if pairs else "there is only one",
        "attention_distance": _mean_of(*over_rows(distance, counts), "no row of this head is a distribution"),
        "previous_token_score": largest(over_rows(previous, (query > 0) & (query - 1 < keys) & sees.gather(1, before[:, None])[:, 0]),
                                        "no query sees the token before it"),
        "first_token_score": largest(over_rows(p[..., 0], first), "no query but the first sees the first token"),
        "copying_score": copying,
    }


def _measured_filters(weights: Tensor) -> dict[str, _NumberOrReason]:
    """Of a tensor `[filters, channels]`, with one or two axes of taps behind them or none."""
    w = weights.detach().cpu().to(torch.float64)
    rows = w.flatten(1)
    norms = torch.linalg.vector_norm(rows, dim=1)
    alive = (norms > 0) & norms.isfinite()
    directions = rows[alive] / norms[alive, None]
    n = len(directions)
    orthogonality = diversity = "fewer than two filters are finite and not zero"  # type: _NumberOrReason
    if n >= 2:
        cosines = (directions @ directions.T).clamp(-1, 1).fill_diagonal_(1)
        orthogonality = 1 - torch.tril(cosines.abs(), -1).sum().item() / (n * (n - 1) / 2)
        shares = torch.linalg.eigvalsh(cosines).clamp(min=0) / n
        diversity = math.exp(-torch.special.xlogy(shares, shares).sum().item()) / min(n, rows.shape[1])
    frequency: _NumberOrReason = "the filters have one tap, or are zero"
    taps = w[:, :, None, None] if w.dim() == 2 else w[:, :, None] if w.dim() == 3 else w
    if taps.shape[2] * taps.shape[3] > 1:
        energy = torch.fft.fft2(taps).abs().square().sum(1)
        cycles = torch.hypot(*torch.meshgrid(*(torch.fft.fftfreq(k, dtype=torch.float64) for k in taps.shape[2:]), indexing="ij"))
        means = (energy * cycles).sum((1, 2)) / energy.sum((1, 2))
        frequency = _mean_of(means, means.isfinite(), frequency)
    return {"filter_orthogonality": orthogonality, "filter_diversity": diversity, "filter_frequency": frequency}


def _measured_units(activations: Tensor, labels: Optional[Tensor], classes: int) -> dict[str, _NumberOrReason]:
    """:param activations: `[examples, units]`. :param labels: of the examples, 0 to classes − 1; None where they are not known."""
    m = activations.detach().cpu().to(torch.float64)
    n = len(m)
    if not bool(m.isfinite().all()):
        return dict.fromkeys(_MEASURES["units"], "an activation is not finite")
    sizes = m.abs()
    silent = (sizes == 0).all(0)
    sparsity = ((1 - sizes.mean(0) ** 2 / sizes.square().mean(0)) / (1 - 1 / n)).clamp(0, 1)
    values: dict[str, _NumberOrReason] = dict.fromkeys(_MEASURES["units"], "the labels of the probe are not known: labels=")
    values.update({
        "activation_sparsity": (sizes < 0.1).to(torch.float64).mean().item(),
        "treves_rolls": _mean_of(sparsity, ~silent, "the unit is silent"),
        "dead_units": silent.to(torch.float64).mean().item(),
    })
    if labels is None:
        return values
    answer = nn.functional.one_hot(labels, classes).to(torch.float64)
    examples = answer.sum(0)
    present = examples > 0
    if present.sum() < 2:
        few = "fewer than two classes have examples in the probe"
        return {**values, **{name: few for name, value in values.items() if isinstance(value, str)}}
    means = (answer.T @ m) / examples.clamp(min=1)[:, None]
    own = means[present]
    most, least = own.max(0).values, own.min(0).values
    rest = (own.sum(0) - most) / (len(own) - 1)
    negative = "a class mean is negative: measure after the nonlinearity"
    values["selectivity_index"] = _mean_of((most - rest) / (most + rest), (least >= 0) & (most > 0),
                                           negative if least[0] < 0 else "the unit is silent")
    preferred = torch.where(present[:, None], means, torch.full_like(means, -math.inf)).argmax(0)
    separation = torch.full((m.shape[1],), math.nan, dtype=torch.float64)
    for label in present.nonzero().flatten().tolist():
        inside, outside = m[labels == label], m[labels != label]
        if len(inside) > 1 and len(outside) > 1:
            spread = ((inside.var(0) + outside.var(0)) / 2).sqrt()
            separation = torch.where(preferred == label, (inside.mean(0) - outside.mean(0)) / spread, separation)
    values["discriminability"] = _mean_of(separation, separation.isfinite(), "a side has fewer than two examples, or does not vary")
    values["mutual_information"] = _information(m, labels, examples).mean().item()
    if not bool(present.all()):
        absent = f"class {int((~present).nonzero()[0])} has no example in the probe"
        return {**values, "class_variability": absent, "class_mean_angles": absent}
    centered = means - means.mean(0)
    gram = centered @ centered.T
    spectrum, vectors = (part.flip(-1) for part in torch.linalg.eigh(gram))
    kept = min(classes - 1, int((spectrum > 1e-12 * spectrum[0]).sum()))
    values["class_variability"] = "all class means are equal"
    if spectrum[0] > 0:
        directions = (vectors[:, :kept] / spectrum[:kept].sqrt()).T @ centered
        along = (m - means[labels]) @ directions.T
        within = (along.square() / examples[labels][:, None]).sum(0)
        values["class_variability"] = (within / spectrum[:kept]).sum().item() / classes
    norms = gram.diagonal().clamp(min=0).sqrt()
    values["class_mean_angles"] = "a class mean lies on the global mean"
    if bool((norms > 0).all()):
        off = (gram / norms[:, None] / norms[None] + 1 / (classes - 1)).abs()
        values["class_mean_angles"] = torch.tril(off, -1).sum().item() / (classes * (classes - 1) / 2)
    return values


def _information(m: Tensor, labels: Tensor, examples: Tensor) -> Tensor:
    """What each unit tells about the class, in nats: bins of about equal numbers, equal values together, bias subtracted."""
    n, units = m.shape
    bins = max(2, min(10, math.floor(math.sqrt(examples.max().item()) + 0.5)))
    ordered, order = m.sort(dim=0, stable=True)
    at, current, filled = torch.zeros(n, units, dtype=torch.long), torch.zeros(units, dtype=torch.long), torch.zeros(units, dtype=torch.long)
    for place in range(1, n):
        begins = (ordered[place] > ordered[place - 1]) & (place >= ((filled + 1) * n / bins + 0.5).floor())
        current = current + begins
        filled = torch.where(begins, torch.full_like(filled, place * bins // n), filled)
        at[place] = current
    used, classes = current + 1, len(examples)
    cells = at * classes + labels[order]
    table = torch.zeros(int(used.max()) * classes, units, dtype=torch.float64)
    table = table.scatter_add(0, cells, torch.ones(n, units, dtype=torch.float64)).reshape(-1, classes, units)
    expected = table.sum(1, keepdim=True) * examples[:, None] / n
    information = (torch.special.xlogy(table, table) - torch.special.xlogy(table, expected)).sum((0, 1)) / n
    return information - (used - 1) * ((examples > 0).sum() - 1) / (2 * n)


# ---------------------------------------------------------------------------------------------------------------------
# The recorder
# ---------------------------------------------------------------------------------------------------------------------

Probe = Union[Tensor, Sequence[Any], Mapping[str, Any]]
Due = Union[int, Collection[int]]


def record(model: nn.Module, study: Union[str, os.PathLike[str]], **options: Any) -> Recorder:
    """Starts to record a run into a study's folder, which is made if need be; see `Recorder` for the options.

    >>> import tempfile
    >>> net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    >>> with record(net, tempfile.mkdtemp(), run="mine", probe=torch.randn(20, 4), quiet=True) as r:
    ...     for step in range(41):
    ...         r.step(step, loss=1.0)
    >>> r.measurements
    3
    """
    return Recorder(model, study, **options)


class Recorder:
    """Measures a network while it is trained, by a loop of your own.

    :param model: the network, also inside DistributedDataParallel (rank 0 records, the others do nothing), DataParallel
        or `torch.compile`.
    :param study: the folder. Any number of processes may record different runs into one.
    :param run: names the run; letters, digits, `_`, `-`, `.`. A run that was interrupted is gone on with: what the log
        says of the first step that is then given, and of later ones, is cut.
    :param seed: of your training, for the analysis of several seeds; random numbers of the probe run start from it too.
    :param probe: a batch of inputs, best one that training never sees, of 100 to 500 examples: a tensor, a sequence of
        positional or a mapping of named arguments of the network. Without it, the first batch that the network sees.
    :param every: how many steps lie between measurements, or the steps themselves; the first one is always measured.
    :param layers: names or patterns (`"blocks.*.mlp"`) of modules, or a function of name and module that says which;
        by default every Linear, convolution, attention and embedding.
    :param activations: gives the activations instead, by name, from the network and the probe:
        `lambda model, probe: model.run_with_cache(probe)[1]`.
    :param positions_as_rows: every position of every example is a row (at most `rows`, chosen once), not its mean.
    :param weights: when to measure the spectra of the weights, and how far they moved; never by default.
    :param attention, filters, units: when to measure what heads look at, how alike filters are and what units answer; never by
        default. Names and values are those of `rankscope mechanisms`.
    :param labels: classes of the probe's examples, without which units are held against no class.
    :param probabilities: gives attention probabilities `[examples, heads, queries, keys]` by name, from the network and the probe;
        by default those of every `nn.MultiheadAttention`.
    :param evaluate: held-out `(inputs, labels)`, or a function of the network that gives its accuracy, or a mapping with
        `accuracy` and perhaps `examples`, `loss`, `per_class`; every `evaluate_every` steps and at the end.
    :param plan: a JSON file `{"steps": […]}`: where weights are saved, as safetensors under `checkpoints/`.
    :param autocast: the type to measure in, as in `torch.bfloat16`; by default that of the weights, whatever the training.
    :param steps: training steps planned, if that is known.
    :param resume: go on with a run that has ended. :param overwrite: begin it anew.
    :param hyperparameters: by name, for tables and for the analysis of seeds; texts, numbers, true or false.
    :param kinds: what layers compute, by name, in any words (`"mixture-of-experts"`).
    :param quiet: do not say at the end what it cost.
    :raises RecordingError: for what cannot be recorded as asked.
    """

    def __init__(
        self,
        model: nn.Module,
        study: Union[str, os.PathLike[str]],
        *,
        run: str = "run",
        seed: Optional[int] = None,
        probe: Optional[Probe] = None,
        every: Due = 20,
        layers: Select = None,
        activations: Optional[Callable[[nn.Module, Any], Mapping[str, Tensor]]] = None,
        positions_as_rows: bool = False,
        rows: int = 1000,
        weights: Optional[Due] = None,
        attention: Optional[Due] = None,
        filters: Optional[Due] = None,
        units: Optional[Due] = None,
        labels: Optional[Tensor] = None,
        probabilities: Optional[Callable[[nn.Module, Any], Mapping[str, Tensor]]] = None,
        evaluate: Any = None,
        evaluate_every: Due = 100,
        plan: Union[None, str, os.PathLike[str]] = None,
        autocast: Optional[torch.dtype] = None,
        steps: Optional[int] = None,
        resume: bool = False,
        overwrite: bool = False,
        architecture: Optional[str] = None,
        family: Optional[str] = None,
        dataset: str = "unknown",
        classes: Optional[int] = None,
        hyperparameters: Optional[Mapping[str, Any]] = None,
        kinds: Optional[Mapping[str, str]] = None,
        title: Optional[str] = None,
        quiet: bool = False,
    ) -> None:
        self.measurements = 0
        self.overhead = 0.0
        """Seconds spent on recording so far."""
        self._active = _rank() == 0
        if not self._active:
            return
        if _RUN_ID.fullmatch(run) is None:
            raise RecordingError(f'run is {run!r}; allowed: letters, digits, "_", "-" and "."')
        self._began = time.perf_counter()
        self._model = _unwrapped(model)
        self._nested = False
        self._run, self._seed, self._every = run, seed, _checked("every", every)
        self._weights_due = None if weights is None else _checked("weights", weights)
        asked = {"attention": attention, "filters": filters, "units": units}
        self._inside_due = {track: _checked(track, due) for track, due in asked.items() if due is not None}
        self._subjects: dict[str, list[str]] = {}
        self._labels = None if labels is None else torch.as_tensor(labels).detach().cpu().flatten().long()
        self._probabilities = probabilities
        self._activations, self._kinds, self._autocast = activations, dict(kinds or {}), autocast
        self._pooling_options = (positions_as_rows, rows, seed or 0)
        self._evaluate, self._evaluate_due, self._quiet = evaluate, _checked("evaluate_every", evaluate_every), quiet
        self._checkpoint_steps: Collection[int] = frozenset() if plan is None else _planned_steps(Path(plan))  # type: ignore[assignment]
        self._modules = {} if activations is not None else _selected(self._model, layers)
        if activations is None and not self._modules:
            raise RecordingError(f"{type(self._model).__name__} has no Linear, convolution, attention or embedding; "
                                 "allowed: layers= with names of its modules")
        self._facts = {
            "architecture": architecture or type(self._model).__name__,
            "family": family or _family(self._model),
            "dataset": dataset,
            "classes": classes,
            "hyperparameters": {str(name): value if _is_plain(value) else str(value)
                                for name, value in (hyperparameters or {}).items()},
            "plannedSteps": steps,
        }
        self._study = _Study(Path(study), title)
        self._log: Optional[_Log] = None
        self._layers: list[_Layer] = []
        self._last_step = -1
        self._calls = 0
        self._missed: set[str] = set()
        self._matrices = [] if weights is None else _weight_matrices(self._model)
        self._start: Optional[list[Tensor]] = [matrix.values().clone() for matrix in self._matrices]
        self._before: Optional[tuple[int, list[Tensor]]] = None
        self._probe: Any = None
        self._watch: Any = None
        self._study.check()
        claim = _Claim.take(self._study.folder, run)
        if isinstance(claim, str):
            raise RecordingError(f"run {run} is being recorded by {claim}")
        self._claim: Optional[_Claim] = claim
        try:
            self._goes_on = not overwrite and self._has_log(resume)
            if probe is None:
                compiled = model.__dict__.get("_compiled_call_impl") is not None
                watch = torch.compiler.disable(self._first_batch) if compiled else self._first_batch
                self._watch = model.register_forward_pre_hook(watch, **_WITH_KWARGS)
            else:
                self._set_probe(probe)
                with self._counted():
                    self._describe()
        except BaseException:
            self.close()
            raise

    # -- what a training loop calls

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self.end()
        else:  # interrupted: the next recording of the run goes on
            self.close()

    def step(self, step: int, loss: Union[None, float, Tensor] = None, *, gradient_norm: Optional[float] = None) -> None:
        """Says that a training step is done: after `optimizer.step()`, once, however many batches it was made of.

        :param step: its number, above that of the last call. If it is not, training has gone back, to a checkpoint, say:
            what was recorded of this step and later ones is cut.
        :param loss: of this step; read only where the step is measured, so that nothing waits for the device.
        :param gradient_norm: L2 norm of the gradient; by default that of what is in `.grad` now.
        """
        if not self._active:
            return
        step = int(step)
        if step < 0:
            raise RecordingError(f"step is {step}; allowed: whole numbers from 0")
        self._calls += 1
        if step <= self._last_step:
            self._go_back(step)
        log = self._opened(step)
        self._last_step = step
        is_start = "step" not in log.last
        due = {
            self._measure: is_start or _is_due(self._every, step),
            self._evaluate_now: self._evaluate is not None and _is_due(self._evaluate_due, step),
            self._measure_weights: self._weights_due is not None and (is_start or _is_due(self._weights_due, step)),
            self._keep_weights: self._weights_due is not None and _is_due(self._weights_due, step + 1),
            self._measure_inside: any(is_start or _is_due(due, step) for due in self._inside_due.values()),
            self._save: step in self._checkpoint_steps,
        }
        self._given, self._is_start = (loss, gradient_norm), is_start
        for record_now, is_due in due.items():
            if is_due:
                with self._counted():
                    record_now(step)
        if self._claim is not None:
            self._claim.renew()

    def evaluation(
        self,
        step: int,
        accuracy: float,
        *,
        examples: Optional[int] = None,
        loss: Optional[float] = None,
        per_class: Optional[Sequence[Optional[float]]] = None,
    ) -> None:
        """Notes an accuracy, from 0 to 1, that you measured on held-out examples."""
        if not self._active:
            return
        if not 0 <= accuracy <= 1:
            raise RecordingError(f"accuracy is {accuracy}; allowed: a share from 0 to 1")
        entry: dict[str, Any] = {"step": int(step), "accuracy": float(accuracy), "examples": examples}
        if loss is not None and math.isfinite(loss):
            entry["loss"] = float(loss)
        if per_class is not None:
            entry["perClass"] = list(per_class)
        log = self._opened(step)
        if step <= log.last.get("evaluation", -1):
            raise RecordingError(f"the evaluation is of step {step}; allowed: above {log.last['evaluation']}, the last one")
        log.write({"evaluation": entry})

    def event(self, step: int, name: str) -> None:
        """Notes something that happened before a step: a new learning rate, other data."""
        if self._active:
            self._opened(step).write({"event": {"step": int(step), "name": name[:200]}})

    def end(self, reason: str = "complete") -> None:
        """Ends the run: `complete`, or why training was given up. `with` does it."""
        if not self._active or self._claim is None:
            return
        try:
            if self._log is not None:
                if self._evaluate is not None and reason == "complete" and self._last_step >= 0:
                    with self._counted():
                        self._evaluate_now(self._last_step)
                with self._counted():
                    self._study.note(self._run, self._log.end(reason))
        finally:
            self.close()
        if not self._quiet:
            total = time.perf_counter() - self._began
            print(f"rankscope: {self._run}: {self.measurements} measurements of {len(self._layers)} layers took "
                  f"{self.overhead:.2f} s, {self.overhead / total:.1%} of {total:.1f} s", file=sys.stderr)

    def close(self) -> None:
        """Stops recording without an end: the run reads as interrupted, and can be gone on with."""
        if not self._active or self._claim is None:
            return
        if self._watch is not None:
            self._watch.remove()
        if self._log is not None:
            self._log.close()
        self._claim.release()
        self._claim = None

    # -- the probe

    def _first_batch(self, module: nn.Module, args: tuple[Any, ...], kwargs: Optional[Mapping[str, Any]] = None) -> None:
        """Takes the first inputs that training gives the network for the probe."""
        if not module.training:
            return
        self._watch.remove()
        self._watch = None
        self._set_probe(kwargs if not args and kwargs else args)
        warnings.warn(
            f"rankscope measures on the first training batch, {self._examples} examples; better: probe= with 100 to 500 "
            "that training never sees",
            stacklevel=2,
        )

    def _set_probe(self, probe: Any) -> None:
        digest = hashlib.sha256()
        counts: list[int] = []

        def copied(value: Tensor) -> Tensor:
            counts.append(value.shape[0] if value.dim() > 0 else 1)
            plain = value.detach().cpu().contiguous()
            digest.update(ctypes.string_at(plain.data_ptr(), plain.numel() * plain.element_size()))
            return value.detach().to(self._device, copy=True)

        self._probe = _mapped(copied, probe)
        if not counts or counts[0] < 2:
            raise RecordingError("probe holds no tensor of two examples or more; allowed: a batch of inputs of the network")
        self._examples, self._probe_digest = counts[0], digest.hexdigest()
        self._pooling = _Pooling(self._examples, *self._pooling_options)

    @property
    def _device(self) -> torch.device:
        return next((parameter.device for parameter in self._model.parameters()), torch.device("cpu"))

    def _forward(self, inputs: Any) -> Any:
        if isinstance(inputs, Tensor):
            return self._model(inputs)
        return self._model(**inputs) if isinstance(inputs, Mapping) else self._model(*inputs)

    def _read(self) -> dict[str, _Output]:
        """Every layer's output by name, in the order in which they are computed."""
        found: dict[str, _Output] = {}
        calls: dict[str, int] = {}
        last: Optional[Tensor] = None

        def take(name: str, module: Optional[nn.Module], output: Any) -> None:
            nonlocal last
            tensor = _first_tensor(output)
            if tensor is None:
                return
            calls[name] = calls.get(name, 0) + 1
            kind = self._kinds.get(name) or (None if module is None else _kind(module)) or "other"
            name = name if calls[name] == 1 else f"{name}#{calls[name]}"
            # At once: what follows may change the output in place, and outputs of all layers would not fit a device.
            found[name] = _Output(*self._pooling(tensor, isinstance(module, _CONVOLUTION)), kind)
            last = tensor

        with _undisturbed(self._model, self._seed or 0, self._autocast):
            if self._activations is not None:
                for name, output in self._activations(self._model, self._probe).items():
                    take(name, None, output)
                return found
            hooks = [module.register_forward_hook(lambda module, _, output, name=name: take(name, module, output))
                     for name, module in self._modules.items()]
            try:
                logits = _first_tensor(self._forward(self._probe))
            finally:
                for hook in hooks:
                    hook.remove()
        if logits is None or not found:
            return found
        if self._facts["classes"] is None and isinstance(self._evaluate, (tuple, list)):
            self._facts["classes"] = logits.shape[-1]
        name = next(reversed(found))
        if last is logits and found[name].kind == "linear" and logits.shape[-1] == self._facts["classes"]:
            found[name] = found[name]._replace(kind="classifier")
        return found

    def _describe(self) -> None:
        found = self._read()
        if not found:
            raise RecordingError("no layer that was asked for was computed on the probe, or none with floating outputs")
        self._layers = [_Layer(name, kind, depth, *matrix.shape, pooling)
                        for depth, (name, (matrix, pooling, kind)) in enumerate(found.items())]
        labels = self._labels
        if labels is not None and (len(labels) != self._examples or bool((labels < 0).any())):
            raise RecordingError(f"labels are {len(labels)}; allowed: a class from 0 for each of the probe's {self._examples} examples")
        if self._inside_due:
            inside = self._read_inside()
            self._subjects = {"attention": list(inside.heads), "filters": list(self._filters()), "units": list(inside.units)}

    def _filters(self) -> dict[str, Tensor]:
        return {_plain_name(name): p for name, p in self._model.named_parameters() if 2 <= p.dim() <= 4 and p.is_floating_point()}

    def _read_inside(self) -> _Inside:
        """What heads look at and units answer on the probe, in one more pass."""
        pooling = _Pooling(self._examples, False, *self._pooling_options[1:])
        seen = _Inside(pooling)
        calls: dict[str, int] = {}

        def take(name: str, module: nn.Module, output: Any) -> None:
            tensor = _first_tensor(output)
            if tensor is not None:
                calls[name] = calls.get(name, 0) + 1
                seen.layer(name if calls[name] == 1 else f"{name}#{calls[name]}", tensor, isinstance(module, _CONVOLUTION))

        def enter(name: str) -> None:
            seen.module = name

        with _undisturbed(self._model, self._seed or 0, self._autocast):
            if self._activations is not None:
                for name, output in self._activations(self._model, self._probe).items():
                    tensor = _first_tensor(output)
                    if tensor is not None:
                        seen.units[name] = pooling(tensor, False)[0]
            hooks = [module.register_forward_hook(lambda module, _, output, name=name: take(name, module, output))
                     for name, module in self._modules.items()]
            hooks += [module.register_forward_pre_hook(lambda module, _, name=_plain_name(name): enter(name))
                      for name, module in self._model.named_modules() if isinstance(module, nn.MultiheadAttention)]
            try:
                with seen:
                    self._forward(self._probe)
            finally:
                for hook in hooks:
                    hook.remove()
            if self._probabilities is not None:
                seen.heads = dict(self._probabilities(self._model, self._probe))
                for name, maps in seen.heads.items():
                    if maps.dim() != 4:
                        raise RecordingError(f"probabilities of {name} have shape {list(maps.shape)}; allowed: [examples, heads, queries, keys]")
        # Rows that are no examples (a table of positions) have no class.
        seen.units = {name: units for name, units in seen.units.items() if len(units) == self._examples}
        return seen

    # -- the log

    def _has_log(self, resume: bool) -> bool:
        path = self._study.log_path(self._run)
        if not path.exists():
            return False
        if not resume and any(_step_of(record)[0] == "end" for record in _read_records(path)):
            raise RecordingError(f"{path}: the run has ended; allowed: another run=, resume=True to go on, overwrite=True")
        return True

    def _opened(self, step: int) -> _Log:
        """The log, which begins before this step; of a run that is gone on with, what was recorded before it is kept."""
        if self._log is not None:
            return self._log
        if self._probe is None:
            raise RecordingError("there is no probe: the network has not been called in training mode yet; allowed: probe=")
        with self._counted():
            if not self._layers:
                self._describe()
            path, header = self._study.log_path(self._run), self._header()
            kept: list[bytes] = []
            if self._goes_on:
                self._assert_same(json.loads(next(_read_records(path))), header)
                kept = _records_before(path, step)
            if kept:
                self._start = None
            self._study.note(self._run, None)
            self._log = _Log(path, header, kept)
            self._remove_checkpoints(step)
        return self._log

    def _go_back(self, step: int) -> None:
        with self._counted():
            self._log = self._opened(step).cut(step)
            self._before = None
            self._remove_checkpoints(step)

    def _remove_checkpoints(self, first: int) -> None:
        """Of steps that are taken again."""
        for path in self._checkpoints.glob("step_*.safetensors"):
            if int(path.stem[len("step_") :]) >= first:
                path.unlink(missing_ok=True)

    @property
    def _checkpoints(self) -> Path:
        return self._study.folder / "checkpoints" / self._run

    def _header(self) -> dict[str, Any]:
        track = {
            "id": "weights",
            "series": ["distance_from_start", "cosine_to_start", "update"],
            "subjects": [{"name": m.name, "rows": m.rows, "columns": m.columns} for m in self._matrices],
            "spectra": True,
        }
        tracks: list[dict[str, Any]] = [track] if self._matrices else []
        tracks += [
            {"id": name, "series": list(_MEASURES[name]), "spectra": False,
             "subjects": [{"name": subject, "rows": None, "columns": None} for subject in self._subjects[name]]}
            for name in self._inside_due if self._subjects[name]
        ]
        return {
            "format": "rankscope-run",
            "schemaVersion": 2,
            "id": self._run,
            **{name: self._facts[name] for name in ("architecture", "family", "dataset", "classes")},
            "seed": self._seed,
            "hyperparameters": self._facts["hyperparameters"],
            "parameterCount": sum(parameter.numel() for parameter in self._model.parameters()),
            "plannedSteps": self._facts["plannedSteps"],
            "probe": {"examples": [], "sha256": self._probe_digest},
            "layers": [layer._asdict() for layer in self._layers],
            "spectra": ["centered", "raw"],
            "series": [],
            **({"tracks": tracks} if tracks else {}),
        }

    def _assert_same(self, earlier: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        for name in ("layers", "spectra", "series", "tracks"):
            if earlier.get(name) != now.get(name):
                raise RecordingError(f"run {self._run} was recorded with other {name}; allowed: the same, or overwrite=True")

    # -- records

    def _measure(self, step: int) -> None:
        loss, gradient_norm = self._given
        found = self._read()
        shapes = {layer.name: (layer.samples, layer.features) for layer in self._layers}
        fitting = {name: found[name].matrix for name, shape in shapes.items()
                   if name in found and tuple(found[name].matrix.shape) == shape}
        for name in shapes.keys() - fitting.keys() - self._missed:
            self._missed.add(name)
            warnings.warn(f"rankscope: {name} was not computed, or in another shape, at step {step}", stacklevel=3)
        spectra = dict(zip(fitting, _spectra(list(fitting.values()))))
        values, undetermined = _numbers({
            "loss": "not given" if loss is None else float(loss.detach()) if isinstance(loss, Tensor) else float(loss),
            "gradientNorm": self._gradient_norm() if gradient_norm is None else float(gradient_norm),
        })
        self._opened(step).write(
            {"step": step, **values, **({"undetermined": undetermined} if undetermined else {}),
             "layers": [{"metrics": {}} for _ in shapes]},
            {"spectra": {"step": step, "layers": [
                {variant: spectra[name].fields(variant) if name in spectra else None for variant in ("centered", "raw")}
                for name in shapes]}},
        )
        self.measurements += 1

    def _gradient_norm(self) -> _NumberOrReason:
        norms = [torch.linalg.vector_norm(p.grad, dtype=None if p.grad.device.type == "mps" else torch.float64)
                 for p in self._model.parameters() if p.grad is not None and not p.grad.is_sparse]
        if not norms:
            return "no gradients were there: zeroed before r.step"
        return math.sqrt(sum(norm.item() ** 2 for norm in norms)) if len({n.device for n in norms}) > 1 else (
            torch.linalg.vector_norm(torch.stack(norms)).item())

    def _evaluate_now(self, step: int) -> None:
        if step <= self._opened(step).last.get("evaluation", -1):
            return
        with _undisturbed(self._model, self._seed or 0, self._autocast):
            found = self._evaluate(self._model) if callable(self._evaluate) else self._classify(*self._evaluate)
        self.evaluation(step, **(found if isinstance(found, Mapping) else {"accuracy": float(found)}))

    def _classify(self, inputs: Any, labels: Tensor) -> dict[str, Any]:
        count, loss, hits = len(labels), 0.0, []
        for first in range(0, count, self._examples):
            part = slice(first, first + self._examples)
            logits = _first_tensor(self._forward(_mapped(lambda value: value[part].to(self._device), inputs)))
            if logits is None:
                raise RecordingError("evaluate: the network gives no logits; allowed: a function of the network")
            wanted = labels[part].to(logits.device).flatten()
            flat = logits.reshape(-1, logits.shape[-1])
            loss += nn.functional.cross_entropy(flat.float(), wanted, reduction="sum").item()
            hits.append((flat.argmax(-1) == wanted)[wanted >= 0].cpu())  # -100 marks what is not counted
        right, wanted = torch.cat(hits), labels.flatten()[labels.flatten() >= 0].cpu()
        classes = self._facts["classes"]
        shares = [right[wanted == label].float().mean().item() for label in range(classes or 0)] if classes and classes <= 1000 else None
        per_class = None if shares is None else [None if math.isnan(share) else share for share in shares]
        return {"accuracy": right.sum().item() / len(right), "examples": len(right), "loss": loss / len(right),
                "per_class": per_class}

    def _keep_weights(self, step: int) -> None:
        self._before = step, [matrix.values().clone() for matrix in self._matrices]

    def _measure_weights(self, step: int) -> None:
        now = [matrix.values() for matrix in self._matrices]
        before = self._start if self._calls == 1 else None
        if self._before is not None and self._before[0] == step - 1:
            before = self._before[1]
        subjects = []
        for i, spectra in enumerate(_spectra(now)):
            unknown = "the weights at the start are not known: the recording was gone on with"
            distance, cosine = (unknown, unknown) if self._start is None else _moved(self._start[i], now[i])
            update = "the weights before this step are not known" if before is None else _moved(before[i], now[i])[0]
            values, undetermined = _numbers({"distance_from_start": distance, "cosine_to_start": cosine, "update": update})
            subjects.append({"values": values, **({"undetermined": undetermined} if undetermined else {}),
                             "singularValues": spectra.raw})
        self._opened(step).write({"track": {"id": "weights", "step": step, "subjects": subjects}})

    def _measure_inside(self, step: int) -> None:
        due = [track for track, due in self._inside_due.items()
               if self._subjects[track] and (self._is_start or _is_due(due, step))]
        inside = self._read_inside() if "attention" in due or "units" in due else _Inside(self._pooling)
        filters, labels = self._filters(), self._labels
        classes = 0 if labels is None else max(self._facts["classes"] or 0, int(labels.max()) + 1)

        def heads(name: str) -> dict[str, _NumberOrReason]:
            joint, out = (filters.get(f"{name}.{part}") for part in ("in_proj_weight", "out_proj.weight"))
            return _measured_heads(inside.heads[name], None if joint is None else joint[2 * len(joint) // 3 :], out)

        measured: dict[str, Callable[[str], dict[str, _NumberOrReason]]] = {
            "attention": heads,
            "filters": lambda name: _measured_filters(filters[name]),
            "units": lambda name: _measured_units(inside.units[name], labels, classes),
        }
        found = {"attention": inside.heads, "filters": filters, "units": inside.units}
        bad = next((name for name, p in self._model.named_parameters() if not bool(p.isfinite().all())), None)
        reason = "it was not computed at this step" if bad is None else f"{_plain_name(bad)} holds a weight that is not finite"
        for track in due:
            subjects = []
            for name in self._subjects[track]:
                known = bad is None and name in found[track]
                values, undetermined = _numbers(measured[track](name) if known else dict.fromkeys(_MEASURES[track], reason))
                subjects.append({"values": values, **({"undetermined": undetermined} if undetermined else {})})
            self._opened(step).write({"track": {"id": track, "step": step, "subjects": subjects}})

    def _save(self, step: int) -> None:
        tensors = {_plain_name(name): tensor for name, tensor in self._model.state_dict().items()
                   if isinstance(tensor, Tensor) and not tensor.is_complex()}
        metadata = {"format": "rankscope training state", "version": "2", "step": str(step), "run": self._run}
        _write_atomically(self._checkpoints / f"step_{step:05}.safetensors", _safetensors(tensors, metadata))

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Adds to the overhead; what training has left to the device is waited for first, since it is not part of it."""
        if self._nested:
            yield
            return
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        began, self._nested = time.perf_counter(), True
        try:
            yield
        finally:
            self._nested = False
            self.overhead += time.perf_counter() - began


class _Output(NamedTuple):
    """A layer's output on the probe as a matrix, how it became one, and what the layer computes."""

    matrix: Tensor
    pooling: str
    kind: str


_WITH_KWARGS = {"with_kwargs": True} if "with_kwargs" in inspect.signature(nn.Module.register_forward_pre_hook).parameters else {}


def _mapped(of: Callable[[Tensor], Tensor], value: Any) -> Any:
    """The same structure with other tensors."""
    if isinstance(value, Tensor):
        return of(value)
    if isinstance(value, Mapping):
        return {key: _mapped(of, entry) for key, entry in value.items()}
    return type(value)(_mapped(of, entry) for entry in value) if type(value) in (list, tuple) else value


def _is_due(due: Due, step: int) -> bool:
    return step % due == 0 if isinstance(due, int) else step in due


def _checked(name: str, due: Any) -> Due:
    """How many steps lie between, or the steps themselves."""
    if isinstance(due, int) and due > 0:
        return due
    if isinstance(due, Iterable) and not isinstance(due, str):
        steps = frozenset(due)
        if all(isinstance(step, int) and step >= 0 for step in steps):
            return steps
    raise RecordingError(f"{name} is {due!r}; allowed: a whole number from 1, or the steps themselves")


def _planned_steps(path: Path) -> Due:
    """Where weights are to be saved, as `rankscope plan` writes it: `{"steps": [0, 250, …]}`."""
    try:
        plan = json.loads(path.read_bytes())
        steps = plan["steps"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f'{path}: {error}; allowed: JSON like {{"steps": [0, 250, 1000]}}') from error
    if not isinstance(steps, list):
        raise RecordingError(f"{path}: steps is {steps!r}; allowed: a list of steps")
    return _checked(f"{path}: steps", steps)


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value))


# ---------------------------------------------------------------------------------------------------------------------
# Trainers of others
# ---------------------------------------------------------------------------------------------------------------------


def trainer_callback(study: Union[str, os.PathLike[str]], **options: Any) -> Any:
    """A callback for Hugging Face's Trainer: `Trainer(…, callbacks=[rankscope.trainer_callback("my-study", run="mine")])`.

    Steps are the Trainer's `global_step`. The loss is that of the step's last batch, where the network gives one.
    """
    from transformers import TrainerCallback  # noqa: PLC0415 - only who calls this needs it

    class Recording(TrainerCallback):
        loss: Optional[Tensor] = None

        def on_train_begin(self, args: Any, state: Any, control: Any, model: Any = None, **others: Any) -> None:
            self.recorder = Recorder(model, study, **{"seed": args.seed, "steps": state.max_steps + 1, **options})
            self.watch = model.register_forward_hook(self.see_loss)

        def see_loss(self, model: nn.Module, inputs: Any, output: Any) -> None:
            if model.training and isinstance(getattr(output, "loss", None), Tensor):
                self.loss = output.loss.detach()

        def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
            self.recorder.step(state.global_step, self.loss)

        def on_train_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
            self.watch.remove()
            self.recorder.end()

    return Recording()


def lightning_callback(study: Union[str, os.PathLike[str]], **options: Any) -> Any:
    """A callback for Lightning: `Trainer(…, callbacks=[rankscope.lightning_callback("my-study", run="mine")])`.

    Steps are the Trainer's `global_step`: one for each update, however many batches it was made of.
    """
    try:
        from lightning.pytorch import Callback  # noqa: PLC0415
    except ImportError:
        from pytorch_lightning import Callback  # noqa: PLC0415

    class Recording(Callback):
        def on_train_start(self, trainer: Any, module: Any) -> None:
            self.recorder, self.seen = Recorder(module, study, **options), trainer.global_step

        def on_train_batch_end(self, trainer: Any, module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:
            if trainer.global_step > self.seen:
                self.seen = trainer.global_step
                self.recorder.step(self.seen, outputs["loss"] if isinstance(outputs, Mapping) else outputs)

        def on_train_end(self, trainer: Any, module: Any) -> None:
            self.recorder.end()

        def on_exception(self, trainer: Any, module: Any, exception: BaseException) -> None:
            self.recorder.close()

    return Recording()
