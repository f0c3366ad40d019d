import { boardById, paperCnn, predict } from 'inferscope';

// Asked of a page's size: the published network on both boards of its bench.
for (const id of ['maixduino', 'openmv-h7-plus'])
  console.log(predict(paperCnn({ filters: 6 }), boardById(id)).latencyMs.value);
