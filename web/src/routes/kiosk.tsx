import { createFileRoute } from '@tanstack/react-router';
import { Kiosk } from '~/kiosk/Kiosk.tsx';

export const Route = createFileRoute('/kiosk')({ component: Kiosk });
