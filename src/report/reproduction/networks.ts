import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { formatSigned, wrapText } from '../format.ts';
import { formatTable } from '../table.ts';

/** Titles of the table of accuracies and files. */
export const NETWORK_COLUMNS = [
  'filters',
  'published accuracy',
  'accuracy',
  'difference',
  'published kB',
  'file kB',
  'bytes',
] as const;

/** Cells in the order of `NETWORK_COLUMNS`. */
export function networkRows({ sizes, accuracy }: ReproducedNetworks): string[][] {
  return sizes.map(({ filters, bytes, kib, publishedKib }, index) => {
    const { value, published, difference } = accuracy[index];
    return [
      `${filters}`,
      published.toFixed(4),
      value.toFixed(4),
      formatSigned(difference, 4),
      `${publishedKib}`,
      `${kib}`,
      `${bytes}`,
    ];
  });
}

/** "10 of 10 files have the printed size; accuracies from 0.0021 below to 0.0130 above the printed ones". */
export function summarizeNetworks({ sizes, accuracy }: ReproducedNetworks): string {
  const equal = sizes.filter(({ kib, publishedKib }) => kib === publishedKib).length;
  const differences = accuracy.map(({ difference }) => difference);
  const side = (value: number): string => `${Math.abs(value).toFixed(4)} ${value < 0 ? 'below' : 'above'}`;
  const [worst, best] = [side(Math.min(...differences)), side(Math.max(...differences))];
  return `${equal} of ${sizes.length} files have the printed size; accuracies from ${worst} to ${best} the printed ones`;
}

/** Accuracies and files of the ten networks as text. */
export function formatNetworks(networks: ReproducedNetworks): string {
  const columns = NETWORK_COLUMNS.map((title) => ({ title, align: 'right' as const }));
  return [
    "The ten networks: accuracy on the authors' 12,000 test images, and .tflite files (kB as printed: whole KiB)",
    '',
    formatTable(columns, networkRows(networks)),
    '',
    `  ${summarizeNetworks(networks)}`,
    '',
    wrapText(networks.accuracySource.sentence, '    ', '  - '),
  ].join('\n');
}
