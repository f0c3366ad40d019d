import type { ModuleFunctions } from './wasm-functions.ts';
import { immediateOf, type FunctionBody, type Instruction } from './function-body.ts';

const CALL = 0x10;
const CALL_INDIRECT = 0x11;

/** Which functions of a module can come to one of `goals` or to a function behind a pointer, on whatever way. */
export function functionsThatReach(module: ModuleFunctions, goals: Iterable<number>): ReadonlySet<number> {
  const callers = new Map<number, Set<number>>();
  const reached = new Set(goals);
  module.bodies.forEach((body, own) => {
    const caller = module.imported + own;
    for (const instruction of body.instructions) {
      if (instruction.opcode === CALL_INDIRECT) reached.add(caller);
      if (instruction.opcode !== CALL) continue;
      const callee = immediateOf(body, instruction);
      callers.set(callee, (callers.get(callee) ?? new Set()).add(caller));
    }
  });
  const open = [...reached];
  while (open.length > 0) {
    for (const caller of callers.get(open.pop()!) ?? []) {
      if (reached.has(caller)) continue;
      reached.add(caller);
      open.push(caller);
    }
  }
  return reached;
}

/** Whether an instruction calls one of these functions, or one behind a pointer. */
export function callsInto(reached: ReadonlySet<number>) {
  return (body: FunctionBody, instruction: Instruction): boolean =>
    instruction.opcode === CALL_INDIRECT ||
    (instruction.opcode === CALL && reached.has(immediateOf(body, instruction)));
}
