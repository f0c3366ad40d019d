import { Signal } from '../../engine/signal.ts';
import type { LinkPort } from '../../engine/link-port.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { ProcessBody } from '../../engine/waiting.ts';
import type { Bytes, Ps } from '../../units.ts';
import type { BusyCore } from './busy-core.ts';
import { FrameBuffers, type CapturedFrame } from './frame-buffers.ts';
import { FRAME_PRIORITY } from './frame-priority.ts';
import type { SensorTiming } from './sensor-timing.ts';
import type { SpanSink } from './span-sink.ts';

/** A frame as it travels into memory. */
export interface FrameData {
  readonly lines: number;
  readonly lineBytes: Bytes;
}

export interface CameraOptions {
  readonly buffers: number;
  readonly lineInterruptPs: Ps;
  readonly frameInterruptPs: Ps;
}

/** What the camera works with. */
export interface CameraParts {
  readonly simulation: Simulation;
  readonly port: LinkPort;
  readonly core: BusyCore;
  readonly sink: SpanSink | null;
}

/**
 * A sensor that sends frames whether anybody takes them or not, and the port that moves the lines of those that are taken
 * into memory.
 */
export class CameraUnit {
  readonly #parts: CameraParts;
  readonly #options: CameraOptions;
  readonly #ready: Signal;
  #buffers: FrameBuffers;
  #timing: SensorTiming | null = null;
  #data: FrameData = { lines: 1, lineBytes: 0 };
  #stream = 0;
  #sent = 0;

  constructor(parts: CameraParts, options: CameraOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#ready = new Signal(parts.simulation, 'frame ready');
    this.#buffers = new FrameBuffers(options.buffers);
  }

  get timing(): SensorTiming | null {
    return this.#timing;
  }

  /** Whether frames move into memory while the core does something else. */
  get fillsBehind(): boolean {
    return this.#timing !== null && this.#buffers.fillsBehind;
  }

  /** Frames of this pace begin now; those before are forgotten. */
  start(timing: SensorTiming, buffers = this.#options.buffers): void {
    const { simulation } = this.#parts;
    this.#timing = timing;
    this.#buffers = new FrameBuffers(buffers);
    const stream = ++this.#stream;
    simulation.spawn(() => this.#send(timing, stream), { name: 'sensor', priority: FRAME_PRIORITY.camera });
  }

  /** What of a frame goes into memory from the next one on. */
  setData(data: FrameData): void {
    this.#data = data;
  }

  /** Waits for a frame as the firmware does and returns it. */
  *capture(): ProcessBody<CapturedFrame> {
    this.#buffers.ask();
    for (;;) {
      const frame = this.#buffers.take();
      if (frame) return frame;
      yield this.#ready;
    }
  }

  *#send({ framePs, activePs }: SensorTiming, stream: number): ProcessBody {
    const { simulation, sink } = this.#parts;
    for (let startPs = simulation.nowPs; stream === this.#stream; startPs += framePs) {
      const frame = this.#buffers.begin(this.#sent++, startPs);
      if (frame) {
        const body = () => this.#move(startPs, activePs, stream);
        simulation.spawn(body, { name: 'camera port', priority: FRAME_PRIORITY.camera });
      } else {
        sink?.span('camera', 'frame that nobody takes', startPs, activePs);
      }
      yield startPs + framePs - simulation.nowPs;
    }
  }

  /** Moves the lines of a frame into memory as they come, each when its last pixel is there. */
  *#move(startPs: Ps, activePs: Ps, stream: number): ProcessBody {
    const { simulation, port, core, sink } = this.#parts;
    const { lineInterruptPs, frameInterruptPs } = this.#options;
    const { lines, lineBytes } = this.#data;
    for (let line = 1; line <= lines; line++) {
      const duePs = startPs + Math.round((activePs * line) / lines);
      if (duePs > simulation.nowPs) yield duePs - simulation.nowPs;
      if (stream !== this.#stream) return;
      const askedPs = simulation.nowPs;
      if (lineBytes > 0) yield port.transfer(lineBytes);
      sink?.span('memory bus', 'camera', askedPs, simulation.nowPs - askedPs);
      if (lineInterruptPs > 0) core.interrupt(lineInterruptPs);
    }
    core.interrupt(frameInterruptPs);
    sink?.span('camera', 'frame', startPs, simulation.nowPs - startPs);
    this.#buffers.finish(simulation.nowPs);
    this.#ready.pulse();
  }
}
