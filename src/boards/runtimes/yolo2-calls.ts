import type { Constant } from '../board/board.ts';

/** An instruction of the runtime's loops: 32.6 cycles of a dequantized element are 16 instructions. */
const CYCLES_AN_INSTRUCTION = 2;
/** What softmax's 235 cycles an element leave for expf behind its 33 instructions. */
const EXPF_CYCLES = 169;
/** Divisions of the Rocket core's iterative unit: a bit a cycle and some. */
const FLOAT_DIVISION_CYCLES = 26;
const DOUBLE_DIVISION_CYCLES = 55;
const INTEGER_DIVISION_CYCLES = 20;

interface Loop {
  readonly instructions: number;
  readonly expf?: number;
  readonly floatDivisions?: number;
  readonly doubleDivisions?: number;
  readonly integerDivisions?: number;
}

function counted(unit: string, loop: Loop, what: string): Constant {
  const { instructions, expf = 0, floatDivisions = 0, doubleDivisions = 0, integerDivisions = 0 } = loop;
  const parts = [
    `${instructions} instructions of ${CYCLES_AN_INSTRUCTION} cycles`,
    ...(expf > 0 ? [`${expf} expf of ${EXPF_CYCLES}`] : []),
    ...(floatDivisions > 0 ? [`${floatDivisions} float divisions of ${FLOAT_DIVISION_CYCLES}`] : []),
    ...(doubleDivisions > 0 ? [`${doubleDivisions} double divisions of ${DOUBLE_DIVISION_CYCLES}`] : []),
    ...(integerDivisions > 0 ? [`${integerDivisions} integer divisions of ${INTEGER_DIVISION_CYCLES}`] : []),
  ];
  return {
    value:
      instructions * CYCLES_AN_INSTRUCTION +
      expf * EXPF_CYCLES +
      floatDivisions * FLOAT_DIVISION_CYCLES +
      doubleDivisions * DOUBLE_DIVISION_CYCLES +
      integerDivisions * INTEGER_DIVISION_CYCLES,
    unit: `core cycles per ${unit}`,
    source: `sipeed_yolo2.c of MaixPy 0.5, ${what}: ${parts.join(', ')}`,
    grade: 'estimated',
  };
}

/** What the region layer of kpu.run_yolo2 costs behind the model, counted in its source. */
export const YOLO2_CALLS: Readonly<Record<string, Constant>> = {
  'yolo2.memory': counted('call', { instructions: 1500 }, 'three allocations, their release, and the checks'),
  'yolo2.activate': counted(
    'value',
    { instructions: 14, expf: 1, doubleDivisions: 1 },
    'activate_array: 1.0 / (1.0 + expf(-v)) in double',
  ),
  'yolo2.softmax': counted(
    'class of a box',
    { instructions: 34, expf: 1, floatDivisions: 1 },
    'softmax: three loops with a stride',
  ),
  'yolo2.box': counted(
    'box',
    { instructions: 80, expf: 2, floatDivisions: 4, integerDivisions: 4 },
    'get_region_boxes and get_region_box, whose result goes through memory',
  ),
  'yolo2.class': counted(
    'class of a box',
    { instructions: 25, integerDivisions: 2 },
    'get_region_boxes: entry_index and one comparison',
  ),
  'yolo2.correct': counted(
    'box',
    { instructions: 22, doubleDivisions: 2 },
    'correct_region_boxes, in double though nothing changes',
  ),
  'yolo2.sort': counted(
    'comparison',
    { instructions: 42 },
    'do_nms_sort: qsort calls nms_comparator, which copies two records',
  ),
  'yolo2.swap': counted('swap', { instructions: 22 }, 'qsort of newlib: 16 bytes'),
  'yolo2.overlap': counted(
    'pair of boxes',
    { instructions: 150, floatDivisions: 1 },
    'box_iou, which intersects twice',
  ),
  'yolo2.nms': counted('class of a box', { instructions: 16 }, 'do_nms_sort: its loops over all boxes'),
  'yolo2.output': counted('class of a box', { instructions: 18 }, 'region_layer_output and max_index'),
  'yolo2.object': counted('object', { instructions: 750 }, 'one object of MicroPython and the list of them'),
};
