import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Mode `electron` is the app on disk behind app://: relative paths, and no service worker, since nothing is fetched. */
export default defineConfig(({ mode }) => {
	const inShell = mode === 'electron';
	return {
		root: folder('.'),
		base: inShell ? './' : '/',
		define: { 'import.meta.env.VITE_IN_SHELL': JSON.stringify(inShell) },
		build: {
			outDir: folder(inShell ? '../dist/electron/renderer' : '../dist/renderer'),
			emptyOutDir: true,
			target: 'esnext',
			sourcemap: true,
			chunkSizeWarningLimit: 4000,
		},
		worker: { format: 'es' as const },
		server: { host: '127.0.0.1' },
		plugins: [
			react(),
			VitePWA({
				disable: inShell,
				strategies: 'generateSW',
				// A new version waits until the app itself asks for it: a screen in use is never reloaded under somebody's hands.
				registerType: 'prompt',
				injectRegister: false,
				manifest: {
					name: 'Backstock',
					short_name: 'Backstock',
					description: 'Order fulfillment that keeps working when the network does not',
					display: 'standalone',
					start_url: '/',
					theme_color: '#12343b',
					background_color: '#ffffff',
					icons: [
						{ src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
						{ src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
					],
				},
				workbox: {
					globPatterns: ['**/*.{html,js,css,wasm,woff2,woff,ttf,svg,png,webp,ico,json,webmanifest,mp3,wav}'],
					maximumFileSizeToCacheInBytes: 20 * 1024 * 1024,
					navigateFallback: 'index.html',
					navigateFallbackDenylist: [/^\/(api|sync|healthz|readyz|metrics|docs)(\/|$|\?)/],
					cleanupOutdatedCaches: true,
					clientsClaim: true,
					skipWaiting: false,
					sourcemap: false,
				},
			}),
		],
	};
});
