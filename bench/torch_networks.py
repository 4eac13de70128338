"""The networks of the published study in PyTorch, their modules named as in its checkpoints: what rankscope is held against.

Used by bench/training_torch.py and test/training/torch_reference.py.
"""

import torch
from torch import nn

MLPS = {
    "mlp_shallow_2": [128, 64],
    "mlp_medium_5": [64] * 4 + [32],
    "mlp_deep_10": [32] * 10,
    "mlp_verydeep_15": [24] * 15,
    "mlp_narrow": [32] * 4,
    "mlp_medium": [128, 128, 64, 64],
    "mlp_wide": [256, 256, 128, 128],
    "mlp_verywide": [512, 512, 256, 256],
}
CNNS = {"cnn_shallow": [32, 64], "cnn_medium": [32, 64, 128], "cnn_deep": [32, 64, 128, 256]}
TRANSFORMERS = {
    "transformer_shallow": (128, 4, 2),
    "transformer_medium": (128, 4, 4),
    "transformer_deep": (128, 4, 6),
    "transformer_narrow": (64, 4, 4),
    "transformer_wide": (256, 8, 4),
}


class Mlp(nn.Module):
    def __init__(self, hidden, inputs=784):
        super().__init__()
        widths, layers = [inputs, *hidden], []
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Linear(before, after), nn.ReLU()]
        self.network = nn.Sequential(*layers, nn.Linear(widths[-1], 10))

    def forward(self, x):
        return self.network(x.flatten(1))


class Cnn(nn.Module):
    def __init__(self, channels, side=28):
        super().__init__()
        layers, before, size = [], 1, side
        for count in channels:
            layers += [nn.Conv2d(before, count, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            before, size = count, size // 2
        self.conv_layers = nn.Sequential(*layers)
        self.fc = nn.Linear(before * size * size, 10)

    def forward(self, x):
        return self.fc(self.conv_layers(x).flatten(1))


class Encoder(nn.Module):
    def __init__(self, width, heads, blocks, dropout, piece=49):
        super().__init__()
        self.piece = piece
        self.pos_encoder = nn.Parameter(torch.randn(16, width))
        self.input_proj = nn.Linear(piece, width)
        block = nn.TransformerEncoderLayer(width, heads, 4 * width, dropout, batch_first=True)
        self.transformer = nn.TransformerEncoder(block, blocks)
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        tokens = self.input_proj(x.reshape(-1, 16, self.piece)) + self.pos_encoder
        return self.fc(self.transformer(tokens).mean(1))


def build(name, dropout=0.1):
    """An untrained network by the published study's name, for images of 28×28 in 10 classes."""
    if name in MLPS:
        return Mlp(MLPS[name])
    return Cnn(CNNS[name]) if name in CNNS else Encoder(*TRANSFORMERS[name], dropout)
