"""How does the loop over illnesses avoid waiting for memory?

A child's row and its household's row lie anywhere in some 25 MB; fetched when needed they cost more than all decisions of an
illness together. `bring_near` asks the processor for a row some illnesses ahead. It reads and changes nothing, so results
cannot depend on it; in plain Python it does nothing at all.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from agents.compiled import IS_COMPILED

_FOR_READING, _KEEP, _DATA = 0, 3, 1


@intrinsic
def _prefetch(_typing_context, array, index):
    def generate(context, builder, signature, arguments):
        array_type, index_type = signature.args
        data = context.make_array(array_type)(context, builder, arguments[0])
        position = context.cast(builder, arguments[1], index_type, types.intp)
        pointer = cgutils.get_item_pointer(context, builder, array_type, data, [position], wraparound=False)
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        call_type = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, call_type, "llvm.prefetch.p0i8")
        hints = [ir.Constant(number, hint) for hint in (_FOR_READING, _KEEP, _DATA)]
        builder.call(call, [builder.bitcast(pointer, byte), *hints])
        return context.get_dummy_value()

    return types.none(array, index), generate


def _nothing(array, index):
    """Plain Python has no cache to fill."""


bring_near = _prefetch if IS_COMPILED else _nothing
