import{a as r,b as e}from"./chunk-6FD75OKF.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{r as GitGraphModule,e as createGitGraphServices};
