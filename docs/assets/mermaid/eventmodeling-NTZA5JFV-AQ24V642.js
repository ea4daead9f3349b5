import{a as e,b as o}from"./chunk-QY6Y4V6I.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as EventModelingModule,o as createEventModelingServices};
