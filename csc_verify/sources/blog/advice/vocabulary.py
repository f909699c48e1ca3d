"""Words of each track's field. No word alone decides anything; see ``subject.py``.

Left out is what people who write about anything use as well: "state", "library", "journey".
"""

from __future__ import annotations

from typing import Final

from csc_verify.model import Track

_PROGRAMMING: Final = """
accessibility agile ajax algorithm algorithms api apis array arrays async asynchronous auth
authentication authorization await aws azure backend bash big-o binary boolean bootcamp browser
bug bugs bytecode c++ cache caching callback callbacks ci cli closure closures cloud code coder
coders coding codebase command-line commit commits compiler compilers component components console
constructor cookies cors cpu crud css css3 database databases dataset debug debugger debugging
dependency deploy deployed deploying deployment dev developer developers development devops django
docker dom endpoint endpoints engineer engineering eslint exception fetch firebase flask flexbox
framework frameworks frontend front-end back-end full-stack fullstack functional git github gitlab
golang graphql hackathon hashmap heroku html html5 http https immutable inheritance integer
interface iteration java javascript jest jquery js json jsx junior-developer jwt kubernetes lambda
laravel linked-list linux localhost macos mern microservice microservices middleware migration
mobile-first mongodb mvc mysql mutable mutex namespace nextjs next.js nginx node node.js nodejs
nosql npm null oauth object-oriented objects oop open-source operator orm parameter parser parsing
pathname php polymorphism postgres postgresql programmer programmers programming props
pull-request python query queries queue rails rake react reactjs recursion recursive redis redux
refactor refactored refactoring regex rendering repo repository responsive restful router routes
routing rspec ruby runtime rust scaffold schema scripting scripts scss sdk server servers
serverless setstate sidekiq sinatra software sorting sql sqlite ssh stateful struct stylesheet
svelte swift syntax tailwind tdd test-driven testing tuple typescript types unit-test unit-tests
unix url usestate useeffect ux validation variable variables vscode vue web webpack websocket
websockets whiteboarding wireframe xcode yaml
"""
_DATA: Final = """
analysis analytics anova arima artificial-intelligence auc autocorrelation backpropagation bayes
bayesian bigquery boosting bootstrapping boxplot classification classifier classifiers cluster
clustering clusters cnn coefficient coefficients collinearity confusion-matrix convolutional
correlation covariance cross-validation csv data dataframe dataframes dataset datasets data-driven
data-science data-scientist data-scientists decision-tree deep-learning dimensionality
distribution distributions eda eigenvalue embedding embeddings ensemble entropy epoch epochs
estimator etl excel exploratory feature-engineering forecast forecasting gan gaussian gpt gradient
gradient-descent hadoop heatmap histogram hyperparameter hyperparameters imputation inference
jupyter k-means keras kaggle kernel knn lasso lda linear-regression llm llms logistic lstm
machine-learning matplotlib matrix metrics ml multicollinearity naive-bayes natural-language nlp
neural normalization notebook notebooks numpy outlier outliers overfitting p-value pandas pca
pipeline plotly powerbi predictive predictor predictors probability python pyspark pytorch
quantile query r2 random-forest recommender regression regularization reinforcement residual
residuals ridge rmse rnn roc scikit-learn scrape scraped scraping seaborn sentiment sklearn spark
sql statistic statistical statistics statsmodels supervised svm tableau tensor tensorflow
time-series tokenization unsupervised variance vector vectors visualisation visualization
visualizations wrangling xgboost
"""
_DESIGN: Final = """
a/b accessibility adobe aesthetic affordance affordances affinity animation animations balsamiq
card-sorting case-study component components css dark-mode design designed designer designers
designing designs dribbble empathy figma flows font fonts framer gestalt grid grids heuristic
heuristics hierarchy hi-fi html human-centered iconography ideate ideation illustration
illustrator indesign information-architecture interaction interactions interface interfaces
invision iterate iteration iterations kerning layout layouts lo-fi logo logos lofi low-fidelity
high-fidelity micro-interactions microcopy minimalism mobile mockup mockups moodboard navigation
onboarding palette persona personas photoshop portfolio prototype prototypes prototyping
readability redesign responsive serif sans-serif sketch sketches sketching skeuomorphism
storyboard style-guide styleguide tagline touchpoint typeface typefaces typography ui usability
usable user user-centered user-experience user-flow user-research users ux uxui wcag whitespace
wireframe wireframes wireframing
"""

VOCABULARY: Final = {
    Track.SOFTWARE_ENGINEERING: frozenset(_PROGRAMMING.split()),
    Track.DATA_SCIENCE: frozenset((_DATA + _PROGRAMMING).split()),
    Track.DESIGN: frozenset((_DESIGN + _PROGRAMMING).split()),
}
"""In lower case; terms of two words with a hyphen between them."""
