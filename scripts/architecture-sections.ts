/** The sections of docs/architecture.md that follow from the code: the layers, and the digits of some design points. */
import { designSpace } from '../src/sweep/study/design-space.ts';
import { countGridPoints, pointAt, pointDigits, type Sampling } from '../src/sweep/study/space.ts';
import { readSources } from '../test/architecture/source-tree.ts';
import { FREE, layerOf, MAY_IMPORT, MAY_IMPORT_TYPES, TOP } from '../test/architecture/layers.ts';
import { withSections } from './page-sections.ts';

/** docs/architecture.md with its generated sections as they should be now. */
export function architectureWithSections(page: string): string {
  const sections = { drawing: drawing(), arrows: arrows(), digits: digits() };
  return withSections(page, sections, 'docs/architecture.md');
}

type Arrows = Readonly<Record<string, readonly string[]>>;

/** Layers at the top that there are by now. */
function topLayers(): string[] {
  const layers = new Set(readSources('src').map(({ path }) => layerOf(path)));
  return TOP.filter((layer) => layers.has(layer)).sort();
}

/** Every layer that can be reached from one. */
function below(layer: string, arrows: Arrows): Set<string> {
  const reached = new Set<string>();
  const walk = (from: string): void =>
    (arrows[from] ?? []).forEach((to) => {
      if (!reached.has(to)) walk((reached.add(to), to));
    });
  walk(layer);
  return reached;
}

/** Of the arrows of a layer those that no way through another layer stands for. */
function shortest(layer: string, arrows: Arrows): string[] {
  const targets = arrows[layer] ?? [];
  return targets.filter((to) => !targets.some((other) => other !== to && below(other, arrows).has(to)));
}

/** The arrows that the eye needs: what can be reached through others is left out. */
function drawing(): string {
  const top = topLayers();
  const solid: Arrows = MAY_IMPORT;
  const all: Arrows = Object.fromEntries(
    Object.entries(solid).map(([layer, targets]) => [
      layer,
      [...targets, ...(MAY_IMPORT_TYPES[layer] ?? [])],
    ]),
  );
  const reached = new Set(Object.values(solid).flat());
  const roots = Object.keys(all).filter((layer) => !reached.has(layer));
  const lines = Object.keys(all).flatMap((layer) => [
    ...shortest(layer, solid).map((to) => `  ${layer} --> ${to}`),
    ...shortest(layer, all)
      .filter((to) => MAY_IMPORT_TYPES[layer]?.includes(to))
      .map((to) => `  ${layer} -.-> ${to}`),
  ]);
  const head = ['flowchart TD', `  top["${top.join(', ')}"]`, ...roots.map((layer) => `  top --> ${layer}`)];
  return ['```mermaid', ...head, ...lines, '```', ''].join('\n');
}

function arrows(): string {
  const list = (layers: readonly string[] = []): string =>
    layers.map((layer) => `\`${layer}\``).join(', ') || '-';
  const rows = Object.entries(MAY_IMPORT).map(
    ([layer, targets]) => `| \`${layer}\` | ${list(targets)} | ${list(MAY_IMPORT_TYPES[layer])} |`,
  );
  return [
    '| layer | may import | and types of |',
    '|---|---|---|',
    ...rows,
    `| ${list(topLayers())} | everything | |`,
    `| each of them | ${list(FREE)} | |`,
    '',
  ].join('\n');
}

const AXES = [
  { name: 'filters', values: [1, 2, 3, 4] },
  { name: 'kernel', values: [1, 3] },
  { name: 'board', values: ['maixduino', 'openmv-h7-plus'] },
];
const SAMPLINGS: readonly Sampling[] = [
  { method: 'grid' },
  { method: 'random', points: 8, seed: 1 },
  { method: 'lhs', points: 8, seed: 1 },
];

/** A small study, and which point its index 5 is under each sampling. */
function digits(): string {
  const index = 5;
  const rows = SAMPLINGS.map((sampling) => {
    const model = { kind: 'spec', text: 'paper:{filters},k={kernel}' } as const;
    const space = designSpace({ model, axes: AXES, sampling });
    const positions: number[] = [];
    pointDigits(space, index, positions);
    const values = Object.values(pointAt(space, index)).join(', ');
    return `| ${sampling.method} | ${positions.join(' ')} | ${values} |`;
  });
  return [
    `| sampling of the ${countGridPoints({ axes: AXES })} points | digits of point ${index} | the point |`,
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
