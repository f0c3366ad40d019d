import { FormatError } from '../../../errors.ts';
import { findDispatches } from './dispatch.ts';
import { findHeapFunctions, type HeapFunctions } from './heap-functions.ts';
import { callType, grownTable, stubBody, tableEntry } from './direct-stub.ts';
import { askHost, BEAT, hookHeap, type HeapHooks } from './heap-hooks.ts';
import { withSingleFloats } from './single-floats.ts';
import { readFunctions, type ModuleFunctions } from './wasm-functions.ts';
import { importedCounts, importedFunction } from './wasm-imports.ts';
import {
  appendEntries,
  concatBytes,
  encodeF64,
  encodeName,
  encodeU32,
  EXPORT_KIND,
  readSections,
  SECTION,
  WasmReader,
  writeSections,
  type WasmSection,
} from './wasm-format.ts';

/** The release whose byte code dispatch this patcher knows. */
export const KNOWN_MICROPYTHON = '1.27.0';
/** Names of the exported globals, all f64 so that they are exact to 2^53 and plain numbers in JavaScript. */
export const COUNT_EXPORT = 'inferscope_bytecodes';
export const LIMIT_EXPORT = 'inferscope_bytecode_limit';
/** Count at which the host wants a heartbeat in any case: an interrupt of the board falls there. */
export const DUE_EXPORT = 'inferscope_bytecode_due';
/** Count at which the interpreter looks up: its limit or its next heartbeat. */
export const CHECK_EXPORT = 'inferscope_bytecode_check';
/** One of `BEAT` while the host is called for that and not for what its function is named for, else 0. */
export const BEAT_EXPORT = 'inferscope_beat';
/** Names of the globals by which the allocator asks the host (`HeapHooks`), and of the collector's functions. */
export const HEAP_EXPORT = {
  allocated: 'inferscope_heap_allocated',
  allowance: 'inferscope_heap_allowance',
  request: 'inferscope_heap_request',
  refusal: 'inferscope_heap_refusal',
  state: 'inferscope_heap_state',
  start: 'inferscope_heap_start',
  mark: 'inferscope_heap_mark',
  end: 'inferscope_heap_end',
} as const;
/** Bytecodes between two heartbeats: well below 0.1 s. */
export const BEAT_BYTECODES = 250_000;
/** Bytecodes that a guest may run after its KeyboardInterrupt (finally blocks, an except that ends) before it is trapped. */
export const GRACE_BYTECODES = 100_000;

export interface InstrumentOptions {
  /** Most bytes that the guest's memory may grow to; whole pages of 64 KiB, at least what the module starts with. */
  readonly maxMemoryBytes: number;
}

const PAGE_BYTES = 0x10000;
const INTERRUPT = 'mp_sched_keyboard_interrupt';
/** The host's function that is called for a heartbeat: it takes nothing, and its answer is dropped. */
const BEAT_IMPORT = 'mp_js_random_u32';
const F64 = 0x7c;
const OP = {
  ...{ unreachable: 0, if: 4, else: 5, end: 0x0b, call: 0x10, drop: 0x1a, getGlobal: 0x23, setGlobal: 0x24 },
};
const F64_OP = { constant: 0x44, equal: 0x61, greater: 0x64, greaterOrEqual: 0x66, add: 0xa0, min: 0xa4 };
const EMPTY_BLOCK = 0x40;

/** Indices of what is added, which come after all that the module has. */
interface Added extends HeapHooks {
  readonly count: number;
  readonly limit: number;
  readonly check: number;
  readonly due: number;
  /** Holds the address of the interpreter's state. */
  readonly state: number;
  readonly overCheck: number;
  /** What the type of direct functions is called by. */
  readonly directStub: number;
  readonly interrupt: number;
}

/**
 * MicroPython's module with six changes: each bytecode that runs adds 1 to the exported global `COUNT_EXPORT`; when that
 * reaches the exported global `LIMIT_EXPORT` a KeyboardInterrupt is scheduled in the guest, and `GRACE_BYTECODES` later the
 * module traps; while there is a limit, `BEAT_IMPORT` is called every `BEAT_BYTECODES` and at `DUE_EXPORT` with `BEAT_EXPORT`
 * set; garbage can be collected at any time and is the host's to collect (`hookHeap`); a function at the end of
 * its table takes calls to the host (`direct-stub.ts`); the memory stops growing at `maxMemoryBytes`. Throws a FormatError on a build that it does not know.
 */
export function instrumentWasm(bytes: Uint8Array, { maxMemoryBytes }: InstrumentOptions): Uint8Array {
  const sections = readSections(bytes);
  const added = addedIndices(sections);
  const noResult = emptyType(sections);
  const module = withSingleFloats(readFunctions(sections));
  const heap = findHeapFunctions(module);
  const initial = [0, Infinity, Infinity, 0, Infinity, 0, Infinity, 0, 0, heap.state];
  const changes: Readonly<Record<number, (payload: Uint8Array) => Uint8Array>> = {
    [SECTION.function]: (payload) =>
      appendEntries(payload, [encodeU32(noResult), encodeU32(callType(sections))]),
    [SECTION.table]: grownTable,
    [SECTION.element]: (payload) => appendEntries(payload, [tableEntry(tableOf(sections), added.directStub)]),
    [SECTION.memory]: (payload) => capMemory(payload, maxMemoryBytes),
    [SECTION.global]: (payload) => appendEntries(payload, initial.map(mutableF64)),
    [SECTION.export]: (payload) => appendEntries(payload, exportsOf(added, heap)),
    [SECTION.code]: (payload) =>
      appendEntries(patchCode(payload, added, { module, heap }), [stubBody(sections)]),
  };
  return writeSections(
    sections.map(({ id, payload }) => ({ id, payload: changes[id]?.(payload) ?? payload })),
  );
}

function sectionOf(sections: readonly WasmSection[], id: number): WasmReader {
  const section = sections.find((candidate) => candidate.id === id);
  if (!section) return unknownBuild(`it has no section ${id}`);
  return new WasmReader(section.payload);
}

function tableOf(sections: readonly WasmSection[]): Uint8Array {
  return sections.find(({ id }) => id === SECTION.table)?.payload ?? unknownBuild('it has no table');
}

function unknownBuild(detail: string): never {
  throw new FormatError(
    `MicroPython's WebAssembly is not the build of ${KNOWN_MICROPYTHON} whose bytecodes can be counted: ${detail}; ` +
      `install @micropython/micropython-webassembly-pyscript@${KNOWN_MICROPYTHON}`,
  );
}

function addedIndices(sections: readonly WasmSection[]): Added {
  const imported = importedCounts(sectionOf(sections, SECTION.import));
  const globals = imported.globals + sectionOf(sections, SECTION.global).u32();
  const functions = imported.functions + sectionOf(sections, SECTION.function).u32();
  const interrupt = exportedFunction(sectionOf(sections, SECTION.export), INTERRUPT);
  const host = importedFunction(sectionOf(sections, SECTION.import), BEAT_IMPORT);
  if (host === undefined) return unknownBuild(`it does not import ${BEAT_IMPORT}`);
  const [count, limit, check, beat, due] = [0, 1, 2, 3, 4].map((index) => globals + index);
  const [allocated, allowance, request, refusal, state] = [5, 6, 7, 8, 9].map((index) => globals + index);
  return {
    ...{ count, limit, check, beat, due, overCheck: functions, directStub: functions + 1, interrupt, host },
    ...{ allocated, allowance, request, refusal, state },
  };
}

function exportedFunction(reader: WasmReader, wanted: string): number {
  for (let left = reader.u32(); left > 0; left--) {
    const [name, kind, index] = [reader.name(), reader.byte(), reader.u32()];
    if (name === wanted && kind === EXPORT_KIND.function) return index;
  }
  return unknownBuild(`it does not export ${wanted}`);
}

/** Index of the function type without parameters and results. */
function emptyType(sections: readonly WasmSection[]): number {
  const reader = sectionOf(sections, SECTION.type);
  const count = reader.u32();
  for (let index = 0; index < count; index++) {
    reader.byte();
    const [parameters, results] = [reader.take(reader.u32()), reader.take(reader.u32())];
    if (parameters.length + results.length === 0) return index;
  }
  return unknownBuild('it has no function without parameters');
}

function mutableF64(initial: number): number[] {
  return [F64, 1, F64_OP.constant, ...encodeF64(initial), OP.end];
}

function exportsOf(added: Added, heap: HeapFunctions): number[][] {
  const globals: [string, number][] = [
    ...([
      [COUNT_EXPORT, added.count],
      [LIMIT_EXPORT, added.limit],
      [CHECK_EXPORT, added.check],
      [BEAT_EXPORT, added.beat],
      [DUE_EXPORT, added.due],
    ] as [string, number][]),
    ...(['allocated', 'allowance', 'request', 'refusal', 'state'] as const).map((name): [string, number] => [
      HEAP_EXPORT[name],
      added[name],
    ]),
  ];
  const functions = (['start', 'mark', 'end'] as const).map((name): [string, number] => [
    HEAP_EXPORT[name],
    heap[name],
  ]);
  const entriesOf = (kind: number, entries: [string, number][]) =>
    entries.map(([name, index]) => [...encodeName(name), kind, ...encodeU32(index)]);
  return [...entriesOf(EXPORT_KIND.global, globals), ...entriesOf(EXPORT_KIND.function, functions)];
}

function capMemory(payload: Uint8Array, maxMemoryBytes: number): Uint8Array {
  const reader = new WasmReader(payload);
  const [count, flags, startPages] = [reader.u32(), reader.byte(), reader.u32()];
  if (count !== 1 || flags > 1) unknownBuild('it has another kind of memory');
  const pages = Math.max(startPages, Math.floor(maxMemoryBytes / PAGE_BYTES));
  return Uint8Array.from([1, 1, ...encodeU32(startPages), ...encodeU32(pages)]);
}

interface HeapOfModule {
  readonly module: ModuleFunctions;
  readonly heap: HeapFunctions;
}

function patchCode(payload: Uint8Array, added: Added, { module, heap }: HeapOfModule): Uint8Array {
  if (findDispatches(payload).length !== 1) return countDispatches(payload, added);
  const bodies = hookHeap(module, heap, added);
  const hooked = concatBytes([
    encodeU32(bodies.length),
    ...bodies.flatMap((body) => [encodeU32(body.length), body]),
  ]);
  return countDispatches(hooked, added);
}

function countDispatches(payload: Uint8Array, added: Added): Uint8Array {
  const dispatches = findDispatches(payload);
  if (dispatches.length !== 1) unknownBuild(`it has ${dispatches.length} places that dispatch on an opcode`);
  const { at, bodyStart, bodyEnd, sizeAt } = dispatches[0];
  const counting = countingCode(added);
  const parts = [
    payload.subarray(0, sizeAt),
    encodeU32(bodyEnd - bodyStart + counting.length),
    payload.subarray(bodyStart, at),
    counting,
    payload.subarray(at),
  ];
  return appendEntries(concatBytes(parts), [overCheckBody(added)]);
}

/** `count += 1; if (count >= check) overCheck()`; takes nothing from the stack and leaves nothing on it. */
function countingCode({ count, check, overCheck }: Added): number[] {
  return [
    ...[OP.getGlobal, ...encodeU32(count), F64_OP.constant, ...encodeF64(1), F64_OP.add],
    ...[OP.setGlobal, ...encodeU32(count)],
    ...[OP.getGlobal, ...encodeU32(count), OP.getGlobal, ...encodeU32(check), F64_OP.greaterOrEqual],
    ...[OP.if, EMPTY_BLOCK, OP.call, ...encodeU32(overCheck), OP.end],
  ];
}

/**
 * `if (count >= limit) { if (count == limit) interrupt(); if (count > limit + grace) trap }
 * else { beat = 1; host(); beat = 0; check = min(due, limit, count + BEAT_BYTECODES) }`, as an entry of the code section.
 */
function overCheckBody({ count, limit, check, beat, due, interrupt, host }: Added): number[] {
  const get = (global: number) => [OP.getGlobal, ...encodeU32(global)];
  const code = [
    0,
    ...[...get(count), ...get(limit), F64_OP.greaterOrEqual, OP.if, EMPTY_BLOCK],
    ...[OP.getGlobal, ...encodeU32(count), OP.getGlobal, ...encodeU32(limit), F64_OP.equal],
    ...[OP.if, EMPTY_BLOCK, OP.call, ...encodeU32(interrupt), OP.end],
    ...[OP.getGlobal, ...encodeU32(count), OP.getGlobal, ...encodeU32(limit)],
    ...[F64_OP.constant, ...encodeF64(GRACE_BYTECODES), F64_OP.add, F64_OP.greater],
    ...[OP.if, EMPTY_BLOCK, OP.unreachable, OP.end],
    ...[OP.else, ...askHost({ beat, host }, BEAT.heartbeat)],
    ...[...get(limit), ...get(count), F64_OP.constant, ...encodeF64(BEAT_BYTECODES), F64_OP.add, F64_OP.min],
    ...[...get(due), F64_OP.min],
    ...[OP.setGlobal, ...encodeU32(check), OP.end],
    OP.end,
  ];
  return [...encodeU32(code.length), ...code];
}
