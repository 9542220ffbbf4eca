import { PAD, typeSize, type Stroke } from './strokes.ts';

const INK = '#10233a';
const HAND = '"KaiTi", "STKaiti", "Kaiti SC", "Noto Serif CJK SC", cursive';

/** Draws the strokes on white paper: what is kept must be read without the page around it, in either scheme. */
export function drawStrokes(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const pen = paper(canvas);
  if (pen === null) return;
  pen.strokeStyle = INK;
  pen.lineWidth = 3.2;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (first === undefined) continue;
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    for (const { x, y } of rest) pen.lineTo(x, y);
    pen.stroke();
  }
}

/** Writes a name that was typed by somebody who cannot draw. */
export function drawName(canvas: HTMLCanvasElement, name: string): void {
  const pen = paper(canvas);
  if (pen === null) return;
  pen.fillStyle = INK;
  pen.font = `${typeSize(Array.from(name).length)}px ${HAND}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(name, PAD.width / 2, PAD.height / 2);
}

/** The PNG file of what is drawn, in base64. */
export function pngOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

function paper(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, PAD.width, PAD.height);
  return pen;
}
