import type { SensorTiming } from '../../simulate/frame/sensor-timing.ts';
import type { Ps } from '../../units.ts';
import type { Clockwork } from './clockworks.ts';

/**
 * A pin that the camera's port moves: high while the lines of a frame come, low between frames, as the interrupt of VSYNC
 * writes the opposite of that line. That both of its edges interrupt is estimated.
 * Source: DCMI_VsyncExtiCallback of openmv/openmv v3.9 (ports/stm32/sensor.c).
 */
export class VsyncOutput implements Clockwork {
  readonly interrupts = false;
  readonly #onEdge: (level: 0 | 1) => void;
  #timing: SensorTiming | undefined;
  #startPs: Ps = 0;
  /** Edges since then: even ones begin a frame. */
  #edges = 0;

  constructor(onEdge: (level: 0 | 1) => void) {
    this.#onEdge = onEdge;
  }

  get nextPs(): Ps {
    if (!this.#timing) return Infinity;
    const { framePs, activePs } = this.#timing;
    return this.#startPs + Math.floor(this.#edges / 2) * framePs + (this.#edges % 2) * activePs;
  }

  /** Follows frames that began at `startPs`, from the first edge that is not before `nowPs` on. */
  follow(timing: SensorTiming, startPs: Ps, nowPs: Ps): void {
    this.#timing = timing;
    this.#startPs = startPs;
    this.#edges = 2 * Math.floor((nowPs - startPs) / timing.framePs);
    while (this.nextPs < nowPs) this.#edges++;
  }

  stop(): void {
    this.#timing = undefined;
  }

  happen(): void {
    const level = this.#edges % 2 === 0 ? 1 : 0;
    this.#edges++;
    this.#onEdge(level);
  }
}
