import type { Board } from '../../boards/board/board.ts';
import type { FramePath, FrameSensor } from '../../boards/board/frame-path.ts';
import { ClockDomain } from '../../engine/clock-domain.ts';
import { Link } from '../../engine/link.ts';
import { Simulation } from '../../engine/simulation.ts';
import type { Trace } from '../../engine/trace.ts';
import type { ProcessBody } from '../../engine/waiting.ts';
import { psFromCycles, type Hz, type Ps } from '../../units.ts';
import { coreHzOf } from '../schedule.ts';
import { BusyCore, type BusWork, type Delays } from './busy-core.ts';
import { CameraUnit, type FrameData } from './camera-unit.ts';
import type { CapturedFrame } from './frame-buffers.ts';
import { framePathOf } from './frames-of-board.ts';
import { FRAME_PRIORITY } from './frame-priority.ts';
import { peripheralHz } from './peripheral-clock.ts';
import { ScreenUnit, type Transfer } from './screen-unit.ts';
import { cameraHz, sensorOf, sensorTiming, type FrameShape, type SensorTiming } from './sensor-timing.ts';
import type { SpanSink } from './span-sink.ts';

/** What a run may choose about camera and screen; everything absent is the board's or the firmware's default. */
export interface FrameSettings {
  readonly sensor?: string;
  readonly cameraHz?: Hz;
  /** Frame buffers, whatever the script asks for. */
  readonly buffers?: number;
  readonly screenHz?: Hz;
  /** The core does not wait for the screen: another picture can be prepared while one is sent. */
  readonly sendsBehind?: boolean;
  /** The board runs at other clocks than those that spans were taken at. */
  readonly isReclocked?: boolean;
}

/** What a script asks of the camera besides its frames. */
export interface CameraAsked {
  readonly cameraHz?: Hz | undefined;
  readonly buffers?: number | undefined;
}

export interface FrameSystemOptions {
  readonly settings?: FrameSettings;
  readonly sink?: SpanSink | null;
  readonly trace?: Trace | null;
  readonly shuffleTies?: number;
}

/**
 * Camera, screen, memory and the core of a board as one simulation, driven from outside: each call lets simulated time
 * pass until the core is done with what it was given.
 */
export class FrameSystem {
  readonly simulation: Simulation;
  readonly coreHz: Hz;
  readonly camera: CameraUnit;
  readonly screen: ScreenUnit;
  readonly #core: BusyCore;
  readonly #path: FramePath;
  readonly #settings: FrameSettings;
  readonly #sensor: FrameSensor;

  /** Throws SpecErrors for a board without camera and for settings that it does not have. */
  constructor(board: Board, options: FrameSystemOptions = {}) {
    const { settings = {}, sink = null, trace = null, shuffleTies } = options;
    this.#path = framePathOf(board);
    this.#settings = settings;
    this.#sensor = sensorOf(this.#path, settings.sensor);
    this.coreHz = coreHzOf(board);
    const simulation = new Simulation({ trace, shuffleTies });
    this.simulation = simulation;
    const { burstBytes, burstCycles } = this.#path;
    const rate = { hz: this.coreHz, bytes: burstBytes.value, cycles: burstCycles.value };
    const memory = new Link(simulation, this.#path.memory, {
      clock: new ClockDomain(simulation, 'memory', this.coreHz),
      ...{ bytesPerCycle: rate.bytes / rate.cycles, arbitration: 'round-robin', burstBytes: rate.bytes },
    });
    const [cameraPort, screenPort, corePort] = ['camera', 'screen', 'core'].map((name) => memory.port(name));
    this.#core = new BusyCore(simulation, corePort, rate);
    this.camera = new CameraUnit(
      { simulation, port: cameraPort, core: this.#core, sink },
      {
        buffers: settings.buffers ?? this.#path.buffers.value,
        lineInterruptPs: psFromCycles(this.#path.lineInterruptCycles.value, this.coreHz),
        frameInterruptPs: psFromCycles(this.#path.frameInterruptCycles.value, this.coreHz),
      },
    );
    const bus = {
      hz: this.screenHz(this.#path.screenClock.askedHz.value),
      bytesPerClock: this.#path.screenBytesPerClock.value,
    };
    this.screen = new ScreenUnit({ simulation, memory: screenPort, sink }, bus);
  }

  /** Id of the sensor, as the board lists it. */
  get sensorId(): string {
    return this.#sensor.id;
  }

  get nowPs(): Ps {
    return this.simulation.nowPs;
  }

  /** Whether anything but the core uses the memory or the core's time: then work must be simulated, not added. */
  get isBusyBehind(): boolean {
    return this.camera.fillsBehind || this.screen.isBusy;
  }

  /** Whether work takes the spans that the board as it is would give it: other clocks go by cycles. */
  get isNominal(): boolean {
    return !(this.#settings.isReclocked ?? false);
  }

  /** What the screen's bus really runs at where a script asks for `askedHz`. */
  screenHz(askedHz: Hz): Hz {
    return peripheralHz(this.#path.screenClock, this.#settings.screenHz ?? askedHz, this.coreHz);
  }

  /** The script asks for a clock of the screen's bus. */
  setScreenHz(askedHz: Hz): void {
    this.screen.setHz(this.screenHz(askedHz));
  }

  /** Frames of this shape begin. */
  startCamera(shape: FrameShape, data: FrameData, asked: CameraAsked = {}): void {
    this.camera.setData(data);
    this.camera.start(this.timingOf(shape, asked.cameraHz), this.#settings.buffers ?? asked.buffers);
  }

  /** Time of a frame of the sensor. */
  timingOf(shape: FrameShape, askedHz?: Hz): SensorTiming {
    const clocked = this.#sensor.kind === 'clocked';
    const hz = clocked ? cameraHz(this.#path, this.coreHz, this.#settings.cameraHz ?? askedHz) : 0;
    return sensorTiming(this.#sensor, shape, hz);
  }

  /** Lets time pass in which the core does nothing that others can hold up. */
  pass(untilPs: Ps): void {
    if (untilPs > this.nowPs) this.simulation.run(untilPs);
  }

  /** Work of the core; alone it takes its span. */
  work(work: BusWork): Delays {
    return this.#whole(() => this.#core.work(work));
  }

  /** `snapshot()`: the core waits for a frame. */
  capture(): CapturedFrame {
    return this.#whole(() => this.camera.capture());
  }

  /** Sends bytes to the screen; the core waits for them, or, behind it, for those that were sent before. */
  send(transfer: Transfer, isBehind = false): void {
    const { screen } = this;
    const sendsBehind = this.#settings.sendsBehind ?? isBehind;
    this.#whole(function* (): ProcessBody {
      yield* screen.settle();
      screen.start(transfer);
      if (!sendsBehind) yield* screen.settle();
    });
  }

  /** Runs events until a process of the core is done. */
  #whole<T>(body: () => ProcessBody<T>): T {
    const { simulation } = this;
    const process = simulation.spawn(body, { name: 'core', priority: FRAME_PRIORITY.core });
    while (process.status !== 'done') {
      if (!simulation.step()) throw new Error('the core waits for something that never comes');
    }
    return process.result;
  }
}
