import { FormatError } from '../../../errors.ts';
import { immediateOf, readBody, type FunctionBody } from './function-body.ts';
import { concatBytes } from './wasm-format.ts';
import type { ModuleFunctions } from './wasm-functions.ts';

const [I32, F64] = [0x7f, 0x7c];
const OP = { call: 0x10, storeF64: 0x39, constI32: 0x41 };
/** f32.demote_f64, f64.promote_f32. */
const ROUND = [0xb6, 0xbb];
/** i32.const 99 (MP_FLOAT_REPR_PREC: as many digits as it takes) and i32.const 7, each in three bytes. */
const SHORTEST = [OP.constI32, 0xe3, 0];
const SEVEN = [OP.constI32, 0x87, 0];

/**
 * MicroPython whose floats are the firmwares' (MICROPY_FLOAT_IMPL_FLOAT): every float object is rounded to float32 where it
 * is made, and printed with seven digits. Sums, differences, products, quotients and square roots of float32 in double,
 * rounded once more, are those of float32 arithmetic (53 bits are at least 2 x 24 + 2). Throws a FormatError on a build where
 * float objects are not made or printed as is known.
 */
export function withSingleFloats(module: ModuleFunctions): ModuleFunctions {
  const type = typeOfFloats(module);
  const changed = module.bodies.map((body) => {
    const precisions = placesOfPrecision(module, body);
    const stores = placesOfValues(body, type);
    if (precisions.length + stores.length === 0) return body;
    const bytes = Uint8Array.from(body.bytes);
    for (const at of precisions) bytes.set(SEVEN, at);
    return readBody(roundedBefore(bytes, stores), body.type);
  });
  return { ...module, bodies: changed };
}

/** Bytes of the instruction that names mp_type_float, from mp_obj_new_float: one float in, its object out. */
function typeOfFloats(module: ModuleFunctions): Uint8Array {
  const makers = module.bodies.filter(
    ({ type, instructions }) =>
      isType(type.takes, [F64]) &&
      isType(type.gives, [I32]) &&
      instructions.some(({ opcode }) => opcode === OP.storeF64),
  );
  if (makers.length !== 1 || !module.bodies.some((body) => placesOfPrecision(module, body).length > 0))
    return unknownFloats();
  const { bytes, instructions } = makers[0];
  const { at, end } = instructions[instructions.findIndex(({ opcode }) => opcode === OP.storeF64) + 2];
  return bytes.subarray(at, end);
}

function unknownFloats(): never {
  throw new FormatError(
    "MicroPython's WebAssembly is not the build whose floats are known: where they are made or printed was not found",
  );
}

const isType = (types: readonly number[], wanted: readonly number[]): boolean =>
  types.length === wanted.length && wanted.every((type, at) => types[at] === type);

/** Stores of a value into an object whose type is written next: `object->value = value; object->type = &mp_type_float`. */
function placesOfValues({ bytes, instructions }: FunctionBody, type: Uint8Array): number[] {
  return instructions.flatMap(({ opcode, at }, index) => {
    const named = instructions[index + 2];
    if (opcode !== OP.storeF64 || named === undefined) return [];
    return type.every((byte, offset) => bytes[named.at + offset] === byte) ? [at] : [];
  });
}

function roundedBefore(bytes: Uint8Array, places: readonly number[]): Uint8Array {
  const ends = [...places, bytes.length];
  const parts = ends.map((end, index) => [
    index === 0 ? [] : ROUND,
    bytes.subarray(index === 0 ? 0 : places[index - 1], end),
  ]);
  return concatBytes(parts.flat());
}

/** Where mp_print_float(print, value, format, flags, fill, width, 99) takes its last argument. */
function placesOfPrecision(module: ModuleFunctions, body: FunctionBody): number[] {
  return body.instructions.flatMap((call, index) => {
    const precision = body.instructions[index - 1];
    if (call.opcode !== OP.call || !isPrintFloat(module, immediateOf(body, call))) return [];
    return SHORTEST.every((byte, offset) => body.bytes[precision.at + offset] === byte) ? [precision.at] : [];
  });
}

const isPrintFloat = ({ functions }: ModuleFunctions, index: number): boolean =>
  isType(functions[index].takes, [I32, F64, I32, I32, I32, I32, I32]);
