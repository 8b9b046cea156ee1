"""A perceptron with batch normalisation in double precision, printed as the Swift test data of
Tests/SecantProblemsTests/PerceptronReference.swift.

Made with PyTorch 2.15.0 (BSD 3-clause licence):

    python3 perceptron.py > ../SecantProblemsTests/PerceptronReference.swift

Six samples of two features and three classes; two hidden layers of 4 and 3 units, torch.nn.BatchNorm1d before each activation;
the variables are sin 1, sin 2, … in Secant's order, a matrix column by column. In training mode: the loss and its gradient over
all samples. Then the running statistics after the batches below, one after the other, and in evaluation mode the logits.
"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

SAMPLES = torch.tensor([[1, 2], [-1, 0.5], [0.3, -2], [2, 1], [-0.7, -1], [0.1, 0.2]])
LABELS = torch.tensor([0, 1, 1, 0, 2, 2])
BATCHES = [[0, 2, 5], [1, 3, 4, 0], [2, 4]]


def parts(model):
    """The parameters in Secant's order."""
    for layer in model:
        if isinstance(layer, nn.Linear):
            # Columns of inputs × outputs are rows of outputs × inputs.
            yield layer.weight
            if layer.bias is not None:
                yield layer.bias
        elif isinstance(layer, nn.BatchNorm1d):
            yield layer.weight
            yield layer.bias


def network(activation, momentum):
    model = nn.Sequential(
        nn.Linear(2, 4, bias=False), nn.BatchNorm1d(4, momentum=momentum), activation(),
        nn.Linear(4, 3, bias=False), nn.BatchNorm1d(3, momentum=momentum), activation(),
        nn.Linear(3, 3),
    )
    place = 1
    with torch.no_grad():
        for part in parts(model):
            numbers = torch.arange(place, place + part.numel(), dtype=torch.float64)
            part.copy_(torch.sin(numbers).reshape(part.shape))
            place += part.numel()
    return model


def numbers(tensors):
    return "[" + ", ".join(repr(float(v)) for t in tensors for v in t.reshape(-1)) + "]"


print("// Printed by Tests/References/perceptron.py with PyTorch", torch.__version__ + ".")
print("// swift-format-ignore-file")
print()
print("/// One activation and momentum; matrices row by row, the layers one after the other.")
print("struct PerceptronReference {")
print("  let activation: String")
print("  let momentum: Double?")
print("  let loss: Double")
print("  let gradient: [Double]")
print("  let means: [Double]")
print("  let variances: [Double]")
print("  let logits: [Double]")
print()
print("  static let all = [")
for name, activation in {"tanh": nn.Tanh, "relu": nn.ReLU, "gelu": nn.GELU}.items():
    for momentum in [0.1, None]:
        model = network(activation, momentum)
        model.train()
        loss = nn.functional.cross_entropy(model(SAMPLES), LABELS)
        loss.backward()
        gradient = [part.grad for part in parts(model)]
        norms = [layer for layer in model if isinstance(layer, nn.BatchNorm1d)]
        for norm in norms:
            norm.reset_running_stats()
        with torch.no_grad():
            for batch in BATCHES:
                model(SAMPLES[batch])
            model.eval()
            logits = model(SAMPLES)
        print("    Self(")
        print(f'      activation: "{name}", momentum: {"nil" if momentum is None else momentum},')
        print(f"      loss: {loss.item()!r},")
        print(f"      gradient: {numbers(gradient)},")
        print(f"      means: {numbers([n.running_mean for n in norms])},")
        print(f"      variances: {numbers([n.running_var for n in norms])},")
        print(f"      logits: {numbers([logits])}),")
print("  ]")
print("}")
