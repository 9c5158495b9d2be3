"""One supervision step of a published model in PyTorch or ONNX Runtime, timed.

    python step.py MODEL BATCH THREADS torch|ort|train

MODEL is one of `trm bench --model`: the same sizes, random weights. Needs torch and, for ort, onnx and
onnxruntime. `ort` exports the PyTorch module first, into the folder for temporary files. `train` is the
published training step of one supervision step: stable-max loss in double precision, halting loss,
AdamAtan2 and the moving average. Prints examples x supervision steps a second, the median of some seconds.

PEER_DEVICE=cuda runs torch and train on a GPU, as published: weights in fp32, network in bf16, compiled. With
PEER_GO=FILE the measurement waits, compiled and warm, until FILE exists.
"""

import os
import sys
import tempfile
import time

MODEL, BATCH, THREADS, WHAT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
SECONDS = float(os.environ.get("PEER_SECONDS", "4"))
DEVICE = os.environ.get("PEER_DEVICE", "cpu")
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import torch
import torch.nn as nn
import torch.nn.functional as fn

torch.set_num_threads(THREADS)
torch.set_default_device(DEVICE)
TYPE = torch.float32 if DEVICE == "cpu" else torch.bfloat16
torch.manual_seed(1)

# tokens, vocabulary, hidden size, heads, attention, prefix, cycles T, latent updates n
MODELS = {
    "sudoku-mlp": (81, 11, 512, 8, False, 16, 3, 6),
    "sudoku-att": (81, 11, 512, 8, True, 16, 3, 6),
    "maze-att": (900, 6, 512, 8, True, 16, 3, 4),
    "small-mlp": (81, 11, 128, 4, False, 0, 2, 2),
    "small-att": (225, 6, 128, 4, True, 0, 2, 2),
}
TOKENS, VOCABULARY, HIDDEN, HEADS, ATTENTION, PREFIX, T, N = MODELS[MODEL]
LENGTH = TOKENS + PREFIX
HEAD = HIDDEN // HEADS


def inner(width):
    return (round(4 * width * 2 / 3) + 255) // 256 * 256


def rms(x):
    wide = x.float()
    return (wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + 1e-5)).to(x.dtype)


class Linear(nn.Linear):
    def forward(self, x):
        return fn.linear(x, self.weight.to(x.dtype))


class SwiGlu(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gate_up = Linear(width, 2 * inner(width), bias=False)
        self.down = Linear(inner(width), width, bias=False)

    def forward(self, x):
        gate, up = self.gate_up(x).chunk(2, -1)
        return self.down(fn.silu(gate) * up)


FREQUENCIES = torch.outer(
    torch.arange(LENGTH).float(), 1 / 10000 ** (torch.arange(0, HEAD, 2).float() / HEAD)
)
ANGLES = torch.cat((FREQUENCIES, FREQUENCIES), -1)
COS, SIN = ANGLES.cos()[:, None].to(TYPE), ANGLES.sin()[:, None].to(TYPE)


def rotated(x):
    first, second = x[..., : HEAD // 2], x[..., HEAD // 2 :]
    return x * COS + torch.cat((-second, first), -1) * SIN


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = Linear(HIDDEN, 3 * HIDDEN, bias=False)
        self.output = Linear(HIDDEN, HIDDEN, bias=False)

    def forward(self, x):
        q, k, v = self.qkv(x).view(x.shape[0], LENGTH, 3, HEADS, HEAD).unbind(2)
        q, k = rotated(q).transpose(1, 2), rotated(k).transpose(1, 2)
        y = fn.scaled_dot_product_attention(q, k, v.transpose(1, 2))
        return self.output(y.transpose(1, 2).reshape(x.shape[0], LENGTH, HIDDEN))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.mixer = Attention() if ATTENTION else SwiGlu(LENGTH)
        self.mlp = SwiGlu(HIDDEN)

    def forward(self, x):
        if ATTENTION:
            x = rms(x + self.mixer(x))
        else:
            t = x.transpose(1, 2)
            x = rms(t + self.mixer(t)).transpose(1, 2)
        return rms(x + self.mlp(x))


class Step(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(2))
        self.embedding = nn.Embedding(VOCABULARY, HIDDEN)
        self.head = Linear(HIDDEN, VOCABULARY, bias=False)
        self.q = nn.Linear(HIDDEN, 2)
        self.puzzle = nn.Parameter(torch.zeros(1, PREFIX, HIDDEN)) if PREFIX else None

    def network(self, state, injection):
        hidden = state + injection
        for layer in self.layers:
            hidden = layer(hidden)
        return hidden

    def cycle(self, y, z, x):
        for _ in range(N):
            z = self.network(z, y + x)
        return self.network(y, z), z

    def forward(self, tokens, y, z):
        x = self.embedding(tokens).to(TYPE) * HIDDEN**0.5
        if PREFIX:
            x = torch.cat((self.puzzle.to(TYPE).expand(tokens.shape[0], -1, -1), x), 1)
        with torch.no_grad():
            for _ in range(T - 1):
                y, z = self.cycle(y, z, x)
        y, z = self.cycle(y, z, x)
        return self.head(y[:, PREFIX:]), self.q(y[:, 0].float()), y.detach(), z.detach()


def stable_max(logits):
    s = torch.where(logits < 0, 1 / (1 - logits), logits + 1)
    return torch.log(s / s.sum(-1, keepdim=True))


class Training:
    """AdamAtan2 with a learning rate of 1e-4 and a weight decay of 0.1, and the average of the weights."""

    def __init__(self, step, inputs):
        self.step, self.inputs, self.count = step, inputs, 0
        self.parameters = list(step.parameters())
        self.first = [torch.zeros_like(p) for p in self.parameters]
        self.second = [torch.zeros_like(p) for p in self.parameters]
        self.average = [p.detach().clone() for p in self.parameters]
        self.labels = torch.randint(1, VOCABULARY, (BATCH, TOKENS))

    def once(self):
        self.count += 1
        logits, q, _, _ = self.step(*self.inputs)
        loss = -stable_max(logits.double()).gather(-1, self.labels[..., None]).mean()
        exact = (logits.argmax(-1) == self.labels).all(-1).float()
        loss = loss + 0.5 * fn.binary_cross_entropy_with_logits(q[:, 0], exact)
        loss.backward()
        with torch.no_grad():
            self.update()

    def update(self):
        of_first, of_second = 1 - 0.9**self.count, 1 - 0.95**self.count
        for p, m, v, average in zip(self.parameters, self.first, self.second, self.average):
            if p.grad is None:
                continue
            p.mul_(1 - 1e-4 * 0.1)
            m.lerp_(p.grad, 0.1)
            v.mul_(0.95).addcmul_(p.grad, p.grad, value=0.05)
            p.add_(torch.atan2(m / of_first, (v / of_second).sqrt()), alpha=-1e-4)
            average.lerp_(p, 0.001)
            p.grad = None


def runner():
    step = Step()
    if DEVICE != "cpu":
        step.network = torch.compile(step.network)
    inputs = (
        torch.randint(1, VOCABULARY, (BATCH, TOKENS)),
        torch.randn(BATCH, LENGTH, HIDDEN).to(TYPE) * 0.5,
        torch.randn(BATCH, LENGTH, HIDDEN).to(TYPE) * 0.5,
    )
    if WHAT == "train":
        return Training(step, inputs).once
    step.eval()
    if WHAT == "torch":

        def once():
            with torch.inference_mode():
                step(*inputs)

        return once
    import onnxruntime

    file = os.path.join(tempfile.gettempdir(), "trm-peer-%s-%d.onnx" % (MODEL, BATCH))
    names = ["tokens", "y", "z"]
    with torch.no_grad():
        torch.onnx.export(step, inputs, file, input_names=names, dynamo=False, opset_version=17)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    os.remove(file)
    feed = {name: value.numpy() for name, value in zip(names, inputs)}
    return lambda: session.run(None, feed)


once = runner()


def timed():
    before = time.perf_counter()
    once()
    if DEVICE != "cpu":
        torch.cuda.synchronize()
    return time.perf_counter() - before


for _ in range(2 if DEVICE == "cpu" else 3):
    timed()
if "PEER_GO" in os.environ:
    print("warm", flush=True)
    while not os.path.exists(os.environ["PEER_GO"]):
        time.sleep(0.1)
start, times = time.perf_counter(), []
while time.perf_counter() - start < SECONDS or len(times) < 3:
    times.append(timed())
median = sorted(times)[len(times) // 2]
print("%s %s batch %d threads %d: %.3f" % (WHAT, MODEL, BATCH, THREADS, BATCH / median))
