import { formatCount, formatNumber, type Roofline } from 'inferscope/experiments';
import { useDrawing } from '../scale/use-drawing.ts';
import { answer, experiment } from '../state/lab-store.ts';
import { useAsked } from '../state/use-asked.ts';
import { Table } from './table.tsx';

const HEIGHT = 240;
const EDGE = { left: 62, right: 12, top: 10, bottom: 30 };
const INTENSITIES = [0.01, 0.1, 1, 10, 100, 1000];

interface Axes {
  readonly width: number;
  readonly low: number;
  readonly high: number;
}

const log = Math.log10;
const xOf = (perByte: number, { width }: Axes) => {
  const [from, to] = [log(INTENSITIES[0]!), log(INTENSITIES.at(-1)!)];
  const share = (Math.min(to, Math.max(from, log(perByte))) - from) / (to - from);
  return EDGE.left + share * (width - EDGE.left - EDGE.right);
};
const yOf = (perSecond: number, { low, high }: Axes) =>
  HEIGHT -
  EDGE.bottom -
  ((log(perSecond) - log(low)) / (log(high) - log(low))) * (HEIGHT - EDGE.top - EDGE.bottom);

const rateText = (perSecond: number) =>
  perSecond >= 1e9 ? `${formatNumber(perSecond / 1e9, 3)} G/s` : `${formatNumber(perSecond / 1e6, 3)} M/s`;

function Roofs({ roofline, axes }: { readonly roofline: Roofline; readonly axes: Axes }) {
  const peak = roofline.coreMacsPerSecond;
  return (
    <g class="axis">
      {INTENSITIES.map((perByte) => (
        <text key={perByte} x={xOf(perByte, axes)} y={HEIGHT - 12} text-anchor="middle">
          {perByte}
        </text>
      ))}
      {[axes.low, Math.sqrt(axes.low * axes.high), axes.high].map((rate) => (
        <g key={rate}>
          <line x1={EDGE.left} x2={axes.width - EDGE.right} y1={yOf(rate, axes)} y2={yOf(rate, axes)} />
          <text x={EDGE.left - 6} y={yOf(rate, axes) + 4} text-anchor="end">
            {rateText(rate)}
          </text>
        </g>
      ))}
      <line
        class="roof"
        x1={EDGE.left}
        x2={axes.width - EDGE.right}
        y1={yOf(peak, axes)}
        y2={yOf(peak, axes)}
      />
      {roofline.memories.map(({ memory, bytesPerSecond }) => {
        const knee = peak / bytesPerSecond;
        const from = Math.max(INTENSITIES[0]!, axes.low / bytesPerSecond);
        return (
          <line
            key={memory}
            class="roof"
            x1={xOf(from, axes)}
            y1={yOf(from * bytesPerSecond, axes)}
            x2={xOf(knee, axes)}
            y2={yOf(peak, axes)}
          >
            <title>{memory}</title>
          </line>
        );
      })}
    </g>
  );
}

function Picture({ roofline, name }: { readonly roofline: Roofline; readonly name: string }) {
  const { ref, width, svg } = useDrawing<HTMLDivElement>();
  const rates = [roofline.coreMacsPerSecond, ...roofline.points.map(({ macsPerSecond }) => macsPerSecond)];
  const axes = {
    width,
    low: 10 ** Math.floor(log(Math.min(...rates))),
    high: 10 ** Math.ceil(log(Math.max(...rates))),
  };
  return (
    <div ref={ref}>
      <svg {...svg(HEIGHT)} role="img" aria-label={`Roofline of ${name}; the table below has the numbers`}>
        <Roofs roofline={roofline} axes={axes} />
        {roofline.points.map(({ op, unit, macsPerByte, macsPerSecond }, at) => (
          <circle
            key={at}
            class={`point unit-${/kpu/.test(unit) ? 'kpu' : 'core'}`}
            cx={xOf(macsPerByte, axes)}
            cy={yOf(macsPerSecond, axes)}
            r={6}
          >
            <title>{op}</title>
          </circle>
        ))}
        <text x={axes.width - EDGE.right} y={HEIGHT} text-anchor="end">
          MACs for each byte that moves
        </text>
      </svg>
    </div>
  );
}

function BoardRoofline({ id, name }: { readonly id: string; readonly name: string }) {
  const { value, error } = useAsked(`${id} ${JSON.stringify(experiment.value)}`, (lab) =>
    lab.roofline(experiment.value, id),
  );
  return (
    <div>
      <h3>{name}</h3>
      {error !== undefined && <p class="refusal">{error}</p>}
      {value && <Picture roofline={value} name={name} />}
      {value && (
        <Table
          name={`Roofline of ${name}`}
          columns={['step or limit', 'unit', 'MACs a byte', 'MACs a second']}
          rows={[
            ...value.points.map(({ op, unit, macsPerByte, macsPerSecond }) => [
              ...[op, unit, formatNumber(macsPerByte, 3), formatCount(macsPerSecond)],
            ]),
            ['one MAC a cycle', 'core', '', formatCount(value.coreMacsPerSecond)],
            ...value.memories.map(({ memory, bytesPerSecond }) => [
              ...[`line fills from ${memory}`, 'core', '', `${formatCount(bytesPerSecond)} bytes`],
            ]),
          ]}
        />
      )}
    </div>
  );
}

/** Steps under the limits of their core: how much they compute for each byte, and how fast. */
export function Rooflines() {
  return (
    <>
      <p class="key">
        Flat line: one multiply-accumulate in each cycle of the core, to compare with. Slopes: bytes that come
        through the cache from each memory. A step far below both waits for something else: calls,
        conversions, single bytes.
      </p>
      <div class="side-by-side">
        {answer.value?.boards.map(({ board, name }) => (
          <BoardRoofline key={board} id={board} name={name} />
        ))}
      </div>
    </>
  );
}
