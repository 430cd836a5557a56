const words = {
	scanWithCamera: 'Scan with the camera',
	cameraTitle: 'Hold the code in front of the camera',
	cameraPicture: 'What the camera sees',
	closeCamera: 'Close the camera',
	startingCamera: 'Starting the camera …',
	lastScan: 'Last scan: {{text}}',
	tryAgain: 'Try again',
	failure: {
		no_camera_here: 'This window can’t use a camera. Use the scanner, or type the number.',
		permission_denied: 'The camera was not allowed. Allow it in the settings of this site, then try again.',
		no_camera_found: 'No camera was found. Plug one in, then try again.',
		camera_in_use: 'Another program is using the camera. Close it there, then try again.',
		camera_lost: 'The camera was unplugged or taken away. Plug it in, then try again.',
	},
};

export type ScanningWords = typeof words;
export default words;
