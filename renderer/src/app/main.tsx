import '@mantine/core/styles.layer.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { scanHub } from '../scanning/index.ts';
import { App } from './app.tsx';
import { keepOffline } from './app-update.ts';
import { waitForScreens } from './hands-ahead.ts';
import { router } from './router.tsx';
import { startWords } from './words.ts';

startWords();
waitForScreens(router, scanHub());
const place = document.getElementById('app');
if (place === null) throw new Error('The page has no place for the app');
createRoot(place).render(<App />);
keepOffline();
