import { Button, Input } from 'antd';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { drawName, drawStrokes, pngOf } from './ink.ts';
import styles from './sign.module.css';
import { isSignature, onPad, PAD, type Point } from './strokes.ts';
import { useSignWords } from './words.ts';

interface SignaturePadProps {
  id?: string;
  onChange?: (png: string | undefined) => void;
}

/** Takes a signature with pen, finger or mouse; who can use none of them types the name, and it is drawn. Gives a PNG in base64. */
export function SignaturePad({ id, onChange }: SignaturePadProps) {
  const say = useSignWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<Point[][]>([]);
  const [typed, setTyped] = useState(false);
  const [name, setName] = useState('');

  useEffect(() => {
    if (canvas.current !== null) drawStrokes(canvas.current, []);
  }, []);

  const point = (event: PointerEvent<HTMLCanvasElement>) => onPad(event, event.currentTarget.getBoundingClientRect());
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (typed || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    strokes.current.push([point(event)]);
  };
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    strokes.current.at(-1)?.push(point(event));
    drawStrokes(event.currentTarget, strokes.current);
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    if (typed) return;
    onChange?.(isSignature(strokes.current) ? pngOf(event.currentTarget) : undefined);
  };
  const clear = () => {
    strokes.current = [];
    setName('');
    if (canvas.current !== null) drawStrokes(canvas.current, []);
    onChange?.(undefined);
  };
  const type = (next: string) => {
    setName(next);
    if (canvas.current === null) return;
    drawName(canvas.current, next.trim());
    onChange?.(next.trim() === '' ? undefined : pngOf(canvas.current));
  };
  return (
    <div>
      <canvas
        ref={canvas}
        width={PAD.width}
        height={PAD.height}
        className={styles.pad}
        data-typed={typed}
        role="img"
        aria-label={say(typed ? 'padTyped' : 'pad')}
        data-testid="signature-pad"
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div className={styles.below}>
        {typed && (
          <Input id={id} className={styles.name} value={name} maxLength={32} autoComplete="off" aria-label={say('name')} placeholder={say('name')} onChange={(event) => type(event.target.value)} />
        )}
        <Button size="small" onClick={clear}>
          {say('clear')}
        </Button>
        <Button
          size="small"
          type="link"
          onClick={() => {
            clear();
            setTyped(!typed);
          }}
        >
          {say(typed ? 'draw' : 'type')}
        </Button>
      </div>
    </div>
  );
}
