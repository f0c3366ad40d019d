import { f32 } from './float32.ts';

export type Corner = readonly [x: number, y: number];

/** point_rotate of imlib: coordinates end as whole numbers, cut off. */
function rotate([x, y]: Corner, radians: number, [centreX, centreY]: Corner): Corner {
  const [sine, cosine] = [f32(Math.sin(radians)), f32(Math.cos(radians))];
  const [dx, dy] = [x - centreX, y - centreY];
  return [
    Math.trunc(f32(f32(f32(dx * cosine) - f32(dy * sine)) + centreX)),
    Math.trunc(f32(f32(f32(dx * sine) + f32(dy * cosine)) + centreY)),
  ];
}

/** The rectangle of least area about corners in order, with a side along one of their edges (point_min_area_rectangle). */
export function minRectangle(corners: readonly Corner[]): readonly Corner[] {
  let best = { area: Infinity, radians: 0, centre: corners[0], sides: [0, 0, 0, 0] };
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length];
    const radians = f32(-Math.atan2(next[1] - corner[1], next[0] - corner[0]));
    const turned = corners.map((other) => (other === corner ? corner : rotate(other, radians, corner)));
    const xs = turned.map(([x]) => x);
    const ys = turned.map(([, y]) => y);
    const sides = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const area = (sides[2] - sides[0] + 1) * (sides[3] - sides[1] + 1);
    if (area < best.area) best = { area, radians, centre: corner, sides };
  });
  const [left, top, right, bottom] = best.sides;
  const upright: readonly Corner[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return upright.map((corner) => rotate(corner, -best.radians, best.centre));
}
