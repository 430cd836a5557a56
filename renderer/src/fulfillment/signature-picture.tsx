/** What a collector signed, as it was drawn: a path in a field of 600 by 200. */
export function SignaturePicture({ path, label }: { readonly path: string; readonly label: string }) {
	return (
		<svg viewBox="0 0 600 200" role="img" aria-label={label} style={{ display: 'block', width: '100%' }}>
			<path d={path} fill="none" stroke="currentColor" strokeWidth={4} strokeLinecap="round" strokeLinejoin="round" />
		</svg>
	);
}
