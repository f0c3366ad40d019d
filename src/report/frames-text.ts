import type { FrameReport, FrameSpread, FramePart } from '../simulate/frame/frame-report.ts';
import { formatTable } from './table.ts';

/** Who waits for whom, in words. */
const PARTS: Readonly<Record<FramePart, string>> = {
  camera: 'the core waits for the camera',
  screen: 'the core waits for the screen',
  bus: 'the core waits for the memory bus',
  interrupts: 'interrupts take the core',
  inference: 'inference',
  work: 'script and firmware',
  sleep: 'sleep and other waits',
};

const right = (title: string) => ({ title, align: 'right' as const });

/** Frames a second, who waited for whom, and what a change would give. */
export function formatFrames(report: FrameReport): string {
  return [
    ...headLines(report),
    '',
    formatTable([{ title: 'a frame of the loop' }, right('mean ms'), right('share')], shares(report)),
    '',
    formatTable(
      [{ title: 'with' }, right('frames a second'), right('lost a frame'), right('age when shown, ms')],
      [{ change: 'things as they are', ...report }, ...report.whatIf].map((one) => [
        ...[one.change, one.fps.toFixed(2), one.lostPerFrame.toFixed(2)],
        one.shownAgeMs === null ? '' : spread(one.shownAgeMs),
      ]),
    ),
  ].join('\n');
}

function headLines(report: FrameReport): string[] {
  const { sensor, sensorFrameMs, sensorActiveMs, buffers, taken, periodMs } = report;
  const buffered = `${buffers} frame buffer${buffers === 1 ? '' : 's'}`;
  return [
    `camera ${sensor}: a frame every ${sensorFrameMs.toFixed(3)} ms, its lines within ${sensorActiveMs.toFixed(3)} ms; ${buffered}`,
    `${taken} frames taken, ${report.fps.toFixed(3)} a second: one in ${spread(periodMs)} ms, ` +
      `${(periodMs.mean / sensorFrameMs).toFixed(2)} frames of the sensor; ${report.lostPerFrame.toFixed(2)} lost for each`,
    report.shownAgeMs === null
      ? `a frame is ${spread(report.takenAgeMs)} ms old when the script has it`
      : `a frame is ${spread(report.takenAgeMs)} ms old when the script has it, ${spread(report.shownAgeMs)} ms when it is on the screen`,
  ];
}

function shares({ meanWaitsMs, periodMs }: FrameReport): string[][] {
  return Object.entries(PARTS)
    .map(([part, text]) => ({ text, ms: meanWaitsMs[part as FramePart] }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms)
    .map(({ text, ms }) => [text, ms.toFixed(6), `${((100 * ms) / periodMs.mean).toFixed(1)} %`]);
}

/** One number, or its least, mean and most where they differ. */
function spread({ min, mean, max }: FrameSpread): string {
  if (max - min < 1e-3) return mean.toFixed(3);
  return `${mean.toFixed(3)} (${min.toFixed(3)} to ${max.toFixed(3)})`;
}
