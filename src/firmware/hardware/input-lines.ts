import type { Ps } from '../../units.ts';
import type { Clockwork, Clockworks } from './clockworks.ts';
import type { PinDevice, ScriptedDevice } from './scripted-device.ts';

/** Edges that an input tells of. */
export interface EdgeChoice {
  readonly rising: boolean;
  readonly falling: boolean;
}

/** What drives the board's inputs from outside, by the names of their pins, and who wants to know of its edges. */
export class InputLines {
  readonly #lines = new Map<string, InputLine>();

  constructor(devices: readonly ScriptedDevice[], clockworks: Clockworks) {
    for (const device of devices) {
      if (device.bus !== 'pin') continue;
      const line = new InputLine(device);
      this.#lines.set(device.pin, line);
      clockworks.add(line);
    }
  }

  /** The level from outside; undefined where nothing is wired, or nothing was driven yet: the pin's pull decides. */
  level(pin: string): 0 | 1 | undefined {
    return this.#lines.get(pin)?.level;
  }

  /** Calls `onEdge` at edges of this kind, instead of what was called before; none of a pin that nothing drives. */
  listen(pin: string, edges: EdgeChoice, onEdge: () => void): void {
    this.#lines.get(pin)?.listen(edges, onEdge);
  }
}

class InputLine implements Clockwork {
  readonly #levels: PinDevice['levels'];
  #at = 0;
  #edges: EdgeChoice = { rising: false, falling: false };
  #onEdge: () => void = () => undefined;
  level: 0 | 1 | undefined;

  constructor({ levels }: PinDevice) {
    this.#levels = levels;
  }

  get interrupts(): boolean {
    return this.#edges.rising || this.#edges.falling;
  }

  get nextPs(): Ps {
    return this.#levels[this.#at]?.atPs ?? Infinity;
  }

  listen(edges: EdgeChoice, onEdge: () => void): void {
    this.#edges = edges;
    this.#onEdge = onEdge;
  }

  happen(): void {
    const { level } = this.#levels[this.#at++];
    const hasChanged = this.level !== level;
    this.level = level;
    if (hasChanged && (level === 1 ? this.#edges.rising : this.#edges.falling)) this.#onEdge();
  }
}
