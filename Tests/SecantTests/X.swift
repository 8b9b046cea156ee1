import Secant
import Testing
