/** A place in a picture, in shares of it (0 to 1 from the left and the top). */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of a face's own size is shown around it. */
const AROUND = 0.35;

/** What an `img` of the whole picture is styled with, so that a square frame around it shows the face and a little more. */
export function cropStyle(face: Place, picture: { readonly width: number; readonly height: number }): { width: string; left: string; top: string } {
  const [wide, high] = [face.width * picture.width, face.height * picture.height];
  // A square, in pixels of the picture; never more than the picture has.
  const side = Math.min(Math.max(wide, high) * (1 + 2 * AROUND), picture.width, picture.height);
  const left = inside(face.x * picture.width + wide / 2 - side / 2, picture.width - side);
  const top = inside(face.y * picture.height + high / 2 - side / 2, picture.height - side);
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  return { width: percent(picture.width / side), left: percent(-left / side), top: percent(-top / side) };
}

const inside = (at: number, most: number): number => Math.min(Math.max(0, at), Math.max(0, most));
