import { encodeGuestError, GuestError } from './guest-error.ts';

/** What Python hands over: numbers, texts, truth values and None. Bytes come as text: `fromHex`. */
export type HostArgument = number | string | boolean | null | undefined;
/**
 * What Python gets back. A number without a fraction arrives as an int: shims say `float(...)` where it must be one.
 * Bytes go as text (`toHex`, in Python `_vhw.unhex`), lists of numbers as JSON (in Python `_vhw.loads`).
 */
export type HostAnswer = number | string | boolean | null | undefined;
// Arguments are checked by the shims, so a function names the types that it wants; it returns a HostAnswer or nothing.
export type HostFunction = (...args: never[]) => unknown;

/**
 * Flat functions that the Python shims of a board call as `vhw.name(...)`; names of all modules of one board differ
 * ("image_resize", "kpu_forward"). A function that throws a GuestError raises in the script; anything else thrown is our
 * bug and ends the run.
 */
export type HostModule = Readonly<Record<string, HostFunction>>;

/** One flat module out of several, each function guarded for `_vhw.py`. Throws an Error where a name is given twice. */
export function joinHostModules(modules: readonly HostModule[]): HostModule {
  const joined: Record<string, HostFunction> = {};
  for (const [name, action] of modules.flatMap((module) => Object.entries(module))) {
    if (Object.hasOwn(joined, name)) throw new Error(`two host functions are called ${name}`);
    joined[name] = guarded(action);
  }
  return joined;
}

function guarded(action: HostFunction): HostFunction {
  return (...args: never[]) => {
    try {
      return action(...args);
    } catch (error) {
      if (error instanceof GuestError) return encodeGuestError(error);
      throw error;
    }
  };
}

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** Bytes of a text of pairs of hex digits, as `_vhw.hex(...)` makes them. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}
