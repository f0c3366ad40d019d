import type { HeapFunctions } from './heap-functions.ts';
import { callsInto, functionsThatReach } from './call-graph.ts';
import type { FunctionBody } from './function-body.ts';
import { spillPointers } from './spill-pointers.ts';
import { concatBytes, encodeF64, encodeU32 } from './wasm-format.ts';
import type { ModuleFunctions } from './wasm-functions.ts';

/** Values of `BEAT_EXPORT` while the host is called: for a heartbeat, to collect, to be asked for room. */
export const BEAT = { heartbeat: 1, collect: 2, room: 3 } as const;

/** Indices of the globals (all f64) and of the host's function that the allocator uses. */
export interface HeapHooks {
  /** Bytes asked for since the start, in whole blocks. */
  readonly allocated: number;
  /** What `allocated` may grow to before the host is asked. */
  readonly allowance: number;
  /** Bytes that are asked for while the host is. */
  readonly request: number;
  /** Set by the host where there is no room. */
  readonly refusal: number;
  readonly beat: number;
  readonly host: number;
}

const OP = {
  ...{
    if: 4,
    end: 0x0b,
    return: 0x0f,
    call: 0x10,
    drop: 0x1a,
    getLocal: 0x20,
    getGlobal: 0x23,
    setGlobal: 0x24,
  },
  ...{ constI32: 0x41, constF64: 0x44, notEqual: 0x62, greater: 0x64, add: 0x6a, and: 0x71, addF64: 0xa0 },
  fromU32: 0xb8,
};
const EMPTY_BLOCK = 0x40;
const STACK_POINTER = 0;
/** -16 as signed LEB128: blocks of the heap are 16 bytes. */
const BLOCK_MASK = 0x70;

/**
 * The bodies of a module whose collector can run at any time: pointers lie on the C stack (`spillPointers`), gc_collect()
 * asks the host to collect, and the allocator asks the host before it gives more than it may.
 */
export function hookHeap(module: ModuleFunctions, heap: HeapFunctions, hooks: HeapHooks): Uint8Array[] {
  const reached = new Set(functionsThatReach(module, [heap.collect, ...Array(module.imported).keys()]));
  // These hold nothing that a collection in them could free, or run while none can begin.
  for (const own of [heap.alloc, heap.start, heap.mark, heap.end]) reached.delete(own);
  reached.add(heap.alloc);
  const plan = { stackPointer: STACK_POINTER, mayCollect: callsInto(reached) };
  return module.bodies.map((body, own) => {
    const index = module.imported + own;
    if (index === heap.collect) return Uint8Array.from([0, ...askHost(hooks, BEAT.collect), OP.end]);
    if (index === heap.alloc) return askForRoom(body, hooks);
    return reached.has(index) ? spillPointers(module, body, plan) : body.bytes;
  });
}

/** Calls the host's function with `beat` set to what it is called for. */
export function askHost({ beat, host }: Pick<HeapHooks, 'beat' | 'host'>, what: number): number[] {
  return [...setConstant(beat, what), OP.call, ...encodeU32(host), OP.drop, ...setConstant(beat, 0)];
}

const get = (global: number): number[] => [OP.getGlobal, ...encodeU32(global)];
const set = (global: number): number[] => [OP.setGlobal, ...encodeU32(global)];
const number = (value: number): number[] => [OP.constF64, ...encodeF64(value)];
const setConstant = (global: number, value: number): number[] => [...number(value), ...set(global)];

/**
 * `allocated += whole blocks; if (allocated > allowance) { request = bytes; ask; if (refusal) { refusal = 0; return NULL } }`
 * in front of the allocator's own code.
 */
function askForRoom(body: FunctionBody, hooks: HeapHooks): Uint8Array {
  const { allocated, allowance, request, refusal } = hooks;
  const bytes = [OP.getLocal, 0];
  const blocks = [...bytes, OP.constI32, 15, OP.add, OP.constI32, BLOCK_MASK, OP.and, OP.fromU32];
  const code = [
    ...[...get(allocated), ...blocks, OP.addF64, ...set(allocated)],
    ...[...get(allocated), ...get(allowance), OP.greater, OP.if, EMPTY_BLOCK],
    ...[...bytes, OP.fromU32, ...set(request), ...askHost(hooks, BEAT.room)],
    ...[...get(refusal), ...number(0), OP.notEqual, OP.if, EMPTY_BLOCK],
    ...[...setConstant(refusal, 0), OP.constI32, 0, OP.return, OP.end, OP.end],
  ];
  return concatBytes([body.bytes.subarray(0, body.codeAt), code, body.bytes.subarray(body.codeAt)]);
}
