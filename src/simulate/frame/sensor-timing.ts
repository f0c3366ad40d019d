import { SpecError } from '../../errors.ts';
import type { FramePath, FrameSensor, ReadoutSensor } from '../../boards/board/frame-path.ts';
import { psFromCycles, type Hz, type Ps } from '../../units.ts';
import { peripheralHz } from './peripheral-clock.ts';

/** A frame as a script asks the sensor for it. */
export interface FrameShape {
  readonly width: number;
  readonly height: number;
  /** Two bytes a pixel on their way out of the sensor; one where grey or compressed. */
  readonly isColour: boolean;
}

/** When frames and their lines come. */
export interface SensorTiming {
  /** Frame start to frame start. */
  readonly framePs: Ps;
  /** Frame start to the end of the last line. */
  readonly activePs: Ps;
}

/** The sensor that is asked for by its id, or the board's own. Throws a SpecError that lists them. */
export function sensorOf({ sensors }: FramePath, id: string | undefined): FrameSensor {
  const sensor = id === undefined ? sensors[0] : sensors.find((one) => one.id === id);
  if (sensor) return sensor;
  throw new SpecError(`unknown sensor "${id}"; choose from ${sensors.map((one) => one.id).join(', ')}`);
}

/** Real frequency of the clock that the board gives to its sensor. */
export function cameraHz({ cameraClock }: FramePath, coreHz: Hz, askedHz?: Hz): Hz {
  if (!cameraClock) throw new SpecError('the board gives its sensor no clock');
  return peripheralHz(cameraClock, askedHz ?? cameraClock.askedHz.value, coreHz);
}

/** How long a frame of a sensor takes. `clockHz` is what the board gives to it; readout sensors have their own. */
export function sensorTiming(sensor: FrameSensor, shape: FrameShape, clockHz: Hz): SensorTiming {
  if (sensor.kind === 'readout') return readoutTiming(sensor, shape);
  const clocks = sensor.frameClocks.value;
  return {
    framePs: psFromCycles(clocks, clockHz),
    activePs: psFromCycles(clocks * sensor.activePart.value, clockHz),
  };
}

function readoutTiming(sensor: ReadoutSensor, { width, height, isColour }: FrameShape): SensorTiming {
  const isWhole = width > sensor.mostHalvedWidth.value || height > sensor.mostHalvedHeight.value;
  const divider = isWhole ? 1 : 2;
  const target = sensor.lineClocks.value / divider;
  const isNarrow = width <= sensor.narrowWidth.value;
  const takesTwo = isColour ? !isNarrow : width <= sensor.twoClocksWidth.value;
  const pixels =
    (takesTwo ? Math.max(2 * width + 8, target) : target) + (isNarrow ? sensor.narrowClocks.value : 0);
  const lineClocks = Math.max(pixels + sensor.blankClocks.value, sensor.leastLineClocks.value);
  const active = sensor.lines.value / divider;
  const lines = Math.max(active + sensor.blankLines.value, sensor.leastLines.value);
  const hz = sensor.pixelHz.value;
  return { framePs: psFromCycles(lineClocks * lines, hz), activePs: psFromCycles(lineClocks * active, hz) };
}
