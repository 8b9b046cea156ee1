// A formula and a start: the shortest way to a minimum. The derivatives are made from the formula.
import SecantAutoDiff

let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
print(outcome)
