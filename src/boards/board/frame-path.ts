import type { Constant } from './graded.ts';

/** A sensor that makes its frames out of the clock that the board gives to it. */
export interface ClockedSensor {
  readonly id: string;
  readonly kind: 'clocked';
  /** Clocks of the board from frame start to frame start, whatever the size of the frame. */
  readonly frameClocks: Constant;
  /** Part of a frame in which lines come, from 0 to 1; the rest is blanking. */
  readonly activePart: Constant;
}

/** A sensor with a pixel clock of its own, whose lines and their lengths follow from the frame that is asked for. */
export interface ReadoutSensor {
  readonly id: string;
  readonly kind: 'readout';
  readonly pixelHz: Constant;
  /** Frames that are wider or higher are read out at full resolution, others with every second pixel and line. */
  readonly mostHalvedWidth: Constant;
  readonly mostHalvedHeight: Constant;
  readonly lineClocks: Constant;
  readonly lines: Constant;
  /** Frames up to this width take `narrowClocks` more a line; wider ones in colour two clocks a pixel. */
  readonly narrowWidth: Constant;
  /** Frames of one byte a pixel take two clocks a pixel up to this width. */
  readonly twoClocksWidth: Constant;
  readonly narrowClocks: Constant;
  readonly blankClocks: Constant;
  readonly leastLineClocks: Constant;
  readonly blankLines: Constant;
  readonly leastLines: Constant;
}

export type FrameSensor = ClockedSensor | ReadoutSensor;

/** How a divider makes a peripheral's clock out of its source. */
export type ClockDivider = 'rounded' | 'even' | 'power of two';

/** The clock of a peripheral: what scripts ask for unless they say so, and what they get. */
export interface PeripheralClock {
  readonly askedHz: Constant;
  /** A fixed source; where absent, the core's clock over `coreDivider`. */
  readonly sourceHz?: Constant;
  readonly coreDivider?: Constant;
  readonly divider: ClockDivider;
}

/** The way of a picture through the board: from the sensor into memory and from there to the screen. */
export interface FramePath {
  /** Sensors that the board may carry, the default first. */
  readonly sensors: readonly FrameSensor[];
  /** What clocked sensors run at. */
  readonly cameraClock?: PeripheralClock;
  /** Frames that the firmware holds by default, and the most that a script can ask for. */
  readonly buffers: Constant;
  readonly mostBuffers: Constant;
  /** Bytes that a pixel takes on its way into memory, all copies of it together. */
  readonly colourBytes: Constant;
  readonly greyBytes: Constant;
  /** What an interrupt at the end of a line and of a frame takes of the core, in core cycles. */
  readonly lineInterruptCycles: Constant;
  readonly frameInterruptCycles: Constant;
  /** The memory that holds the frames, and the core cycles of a burst when one master streams. */
  readonly memory: string;
  readonly burstBytes: Constant;
  readonly burstCycles: Constant;
  readonly screenClock: PeripheralClock;
  /** Bytes that the screen's bus takes a clock: 1 on eight lines, 1/8 on one. */
  readonly screenBytesPerClock: Constant;
  /** Cores that share the loop that prepares a picture (`lcd.pixel`, `sensor.colour.pixel`). */
  readonly loopCores: Constant;
  /** A faster clock of the core and of the screen that the chip is known to take, for what-if questions. */
  readonly fasterCoreHz?: Constant;
  readonly fasterScreenHz?: Constant;
}
