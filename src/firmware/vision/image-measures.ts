import type { HostModule } from '../host-module.ts';
import { findBlobs, type BlobOptions } from '../imlib/find-blobs.ts';
import { channelsOf, histogram, otsuOf, percentileOf, statisticsOf, type Bins } from '../imlib/histogram.ts';
import { minRectangle } from '../imlib/min-rectangle.ts';
import { insideAny, type Threshold } from '../imlib/thresholds.ts';
import type { Blob } from '../imlib/blob.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import {
  areaOf,
  partOf,
  payFirst,
  payFor,
  requireStack,
  requireTime,
  type ImageParts,
} from './image-parts.ts';

/**
 * Bytes of a blob in a list on the heap: two links, then rectangle, counts and centre, and in OpenMV 3.9 twenty corners and
 * the sums that merging needs (collections.c, find_blobs_list_lnk_data_t of imlib.h).
 */
const BLOB_BYTES = { openmv: 160, maixpy: 48 };
/** Bytes of a bin, a float. */
const BIN_BYTES = 4;

type PartArguments = [...roi: RectangleArguments, thresholds?: string, inverts?: boolean, bins?: string];

/** What is measured over the pixels of a part: histograms and blobs. Thresholds and bins cross as JSON. */
export function measuringModule(parts: ImageParts): HostModule {
  return { ...histogramModule(parts), ...blobModule(parts) };
}

function histogramModule({ hardware, images }: ImageParts): HostModule {
  /** Bins that a script asks for, by channel; none where it does not. */
  const wantedOf = (handle: number, bins = '[]') =>
    (JSON.parse(bins) as number[]).slice(0, channelsOf(images.get(handle).format).length);
  const countOf = (wanted: readonly number[]) => wanted.reduce((sum, bins) => sum + bins, 0);
  const binsOf = (handle: number, ...[x, y, width, height, thresholds, inverts, bins]: PartArguments) => {
    const image = images.get(handle);
    const part = partOf(image, rectangleOf([x, y, width, height]));
    const list = JSON.parse(thresholds ?? '[]') as Threshold[];
    const wanted = wantedOf(handle, bins);
    // All pixels are looked at for each threshold, and all bins that a script asks for are filled and read.
    const looked = areaOf(part) * Math.max(list.length, 1) + countOf(wanted);
    payFirst(hardware, image.format === 'grayscale' ? 'math' : 'lab', looked);
    return histogram(image, part, {
      ...(wanted.length > 0 && { bins: wanted }),
      ...(list.length > 0 && { test: insideAny(image.format, list, inverts ?? false) }),
    });
  };
  const byChannel = (channels: string, valueOf: (bins: Bins, index: number) => number | number[]) => {
    hardware.spend('image.call');
    return JSON.stringify(
      (JSON.parse(channels) as number[][]).flatMap((bins, index) => valueOf(Float64Array.from(bins), index)),
    );
  };
  const channelAt = (count: number, index: number) => channelsOf(count === 1 ? 'grayscale' : 'rgb565')[index];
  return {
    image_statistics(handle: number, ...args: PartArguments) {
      const channels = channelsOf(images.get(handle).format);
      requireStack(BIN_BYTES * countOf(wantedOf(handle, args[6])));
      const values = binsOf(handle, ...args).map((bins, index) =>
        Object.values(statisticsOf(bins, channels[index])),
      );
      return JSON.stringify(values.flat());
    },
    /** Bins of each channel. */
    image_histogram(handle: number, ...args: PartArguments) {
      images.requireFree(BIN_BYTES * countOf(wantedOf(handle, args[6])));
      return JSON.stringify(binsOf(handle, ...args).map((bins) => [...bins]));
    },
    histogram_statistics: (channels: string, count: number) =>
      byChannel(channels, (bins, index) => Object.values(statisticsOf(bins, channelAt(count, index)))),
    histogram_percentile: (channels: string, count: number, share: number) =>
      byChannel(channels, (bins, index) => percentileOf(bins, channelAt(count, index), share)),
    histogram_threshold: (channels: string, count: number) =>
      byChannel(channels, (bins, index) => otsuOf(bins, channelAt(count, index))),
  };
}

function blobModule({ hardware, images, firmware }: ImageParts): HostModule {
  return {
    image_find_blobs(handle: number, options: string, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const found = findBlobs(image, part, JSON.parse(options) as BlobOptions, firmware, {
        onBlob: (count) => images.requireFree(count * BLOB_BYTES[firmware]),
        onCompare(count) {
          hardware.spend('image.entry', count);
          requireTime(hardware);
        },
      });
      payFor(hardware, image.format === 'grayscale' ? 'math' : 'lab', found.scanned);
      hardware.spend('image.flood.pixel', found.filled);
      hardware.spend('image.span', found.spans);
      hardware.spend('image.blob', found.blobs.length);
      return JSON.stringify(found.blobs.map(shown));
    },
  };
}

/** Its numbers in the order of the firmwares' tuples, and where it has corners, four of them and those of its rectangle. */
function shown(blob: Blob) {
  const { x, y, width, height, pixels, centreX, centreY, rotation, code, count, perimeter, roundness } = blob;
  const { corners } = blob;
  const values = [x, y, width, height, pixels, centreX, centreY, rotation, code, count, perimeter, roundness];
  if (corners.length === 0) return values;
  const four = corners.filter((_, index) => index % (corners.length / 4) === 0);
  return [...values, four, minRectangle(corners)];
}
