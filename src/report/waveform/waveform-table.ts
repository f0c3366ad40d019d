import type { ScopeMeasurement, ScopeReading } from '../../instruments/oscilloscope.ts';
import { formatCount, formatNumber } from '../format.ts';
import { formatTable } from '../table.ts';
import { formatSpan } from './waveform-view.ts';

const COLUMNS = [
  { title: '' },
  { title: 'current', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'min', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'count', align: 'right' },
  { title: 'exact mean', align: 'right' },
] as const;

const EXACT_DECIMALS = { ms: 6, Hz: 3, '%': 4, ns: 3 } as const;

function formatRate(rateHz: number): string {
  const [scale, prefix] = rateHz >= 1e9 ? [1e9, 'G'] : rateHz >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
  return `${formatNumber(rateHz / scale)} ${rateHz >= 1e3 ? prefix : ''}Sa/s`;
}

function row({ name, unit, exact, read, shown }: ScopeMeasurement): string[] {
  const exactly = exact === null ? '' : `${exact.mean.toFixed(EXACT_DECIMALS[unit])} ${unit}`;
  return [name, shown.current, shown.mean, shown.min, shown.max, formatCount(read?.count ?? 0), exactly];
}

/** The measurement table of one pin, with the settings and the resolution of its readings. */
export function formatScope(pin: string, reading: ScopeReading): string {
  const { timebasePs, timebase, sampleRateHz, samplePs, slope, triggerVolts, triggersPs } = reading;
  const records = `${formatCount(triggersPs.length)} ${triggersPs.length === 1 ? 'record' : 'records'}`;
  const untriggered =
    triggersPs.length === 0 ? ['  The trigger never fired: no edge of this slope reaches its level.'] : [];
  return [
    `${pin} on the oscilloscope: ${formatSpan(timebasePs)}/div (${timebase}), ${formatRate(sampleRateHz)}, ` +
      `trigger ${slope} at ${formatNumber(triggerVolts)} V, ${records}`,
    '',
    formatTable(COLUMNS, reading.measurements.map(row)),
    '',
    ...untriggered,
    `  A sample every ${formatSpan(samplePs)}: an edge is read to half of that, in four digits. "exact mean" is from`,
    '  the simulated edges, which no instrument sees.',
  ].join('\n');
}
